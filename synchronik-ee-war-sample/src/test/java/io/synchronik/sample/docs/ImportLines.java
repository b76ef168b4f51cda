package io.synchronik.sample.docs;

import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Items that the next run finds again. */
// tag::unique[]
@Worker(id = "import-lines", uniqueFor = "7d")
public class ImportLines implements ItemWork<String, Integer> {
  @Override
  public void enumerate(Items<String> items, RunContext run) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(run.payload(String.class)))) {
      lines.forEach(line -> items.add(line, line));
    }
  }

  @Override
  public Integer process(String line, ItemContext item) {
    return line.length();
  }
}
// end::unique[]
