package io.synchronik.sample.ratings;

import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delivery. It is the one that the payload names, {@code {"file": "faulty.csv"}}, else the
 * clean and the faulty one in turn.
 */
@Worker(id = ExtractRatings.ID, name = "Extract")
public class ExtractRatings implements Work<Extract> {
  static final String ID = "ratings-extract";

  @Inject Deliveries deliveries;

  /**
   * What the process is given.
   *
   * @param file {@code clean.csv} or {@code faulty.csv}
   */
  public record Wanted(@Nullable String file) {}

  @Override
  public Extract run(RunContext run) throws IOException {
    Wanted wanted = run.payload(Wanted.class);
    return read(wanted == null || wanted.file() == null ? next() : wanted.file());
  }

  private String next() {
    return deliveries.count() % 2 == 0 ? "clean.csv" : "faulty.csv";
  }

  static Extract read(String file) throws IOException {
    var found =
        file.matches("[a-z]+\\.csv") ? ExtractRatings.class.getResourceAsStream(file) : null;
    if (found == null) {
      throw new IOException("there is no delivery '" + file + "'");
    }
    try (var lines = new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
      return new Extract(file, lines.lines().toList());
    }
  }
}
