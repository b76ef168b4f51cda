package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.WildFly;
import io.synchronik.it.testkit.WildFlyBase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * What the jar adds to an empty WAR: to its size, and to the time that WildFly takes to deploy it.
 */
class DeploymentBenchmark {
  private static final int TIMES = 7;
  private static final double MIB = 1024 * 1024;

  @Test
  void emptyWarWithAndWithoutTheJar() throws Exception {
    Path home = Path.of(System.getProperty("wildfly.home"));
    String classpath = Files.readString(Path.of(System.getProperty("war.classpath")));
    List<Path> libraries =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(classpath.strip())
            .map(Path::of)
            .toList();
    Path empty = war(home.resolve("benchmark-empty.war"), List.of());
    Path full = war(home.resolve("benchmark-synchronik.war"), libraries);
    List<Duration> withoutJar = new ArrayList<>();
    List<Duration> withJar = new ArrayList<>();
    WildFlyBase base =
        WildFlyBase.create(home.resolveSibling("deployment"), WildFlyBase.Setup.of(home));
    try (WildFly server = WildFly.start(base, Map.of())) {
      for (int i = 0; i < TIMES; i++) {
        withoutJar.add(server.deploy(empty));
        server.undeploy(empty);
        withJar.add(server.deploy(full));
        server.undeploy(full);
      }
    }
    Table table = new Table();
    table
        .line("")
        .line("Deployment on WildFly: an empty WAR, and the same with the jar and what it needs")
        .line(Machine.description())
        .line(home.getFileName() + " with its example datasource (H2 in memory), by its own log")
        .line("")
        .row("", List.of("empty", "with the jar", "added"))
        .row("first of each, ms", figures(withoutJar.get(0), withJar.get(0)))
        .row("median of the others, ms", figures(median(withoutJar), median(withJar)))
        .row("size, bytes", sizes(Files.size(empty), Files.size(full)))
        .line("")
        .line(
            String.format(
                Locale.ROOT,
                "Aims: at most 1,000 ms and 6 MiB added; it adds %.2f MiB in %d libraries",
                (Files.size(full) - Files.size(empty)) / MIB,
                libraries.size()));
    libraries.forEach(library -> table.line("  " + size(library)));
    System.out.println(table);
  }

  private static Path war(Path file, List<Path> libraries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("WEB-INF/"));
      for (Path library : libraries) {
        zip.putNextEntry(new ZipEntry("WEB-INF/lib/" + library.getFileName()));
        Files.copy(library, zip);
      }
    }
    return file;
  }

  private static Duration median(List<Duration> all) {
    List<Duration> later = all.subList(1, all.size()).stream().sorted().toList();
    return later.get(later.size() / 2);
  }

  private static List<String> figures(Duration without, Duration with) {
    return Stream.of(without, with, with.minus(without))
        .map(time -> Table.number(time.toNanos() / 1e6))
        .toList();
  }

  private static List<String> sizes(long without, long with) {
    return Stream.of(without, with, with - without)
        .map(bytes -> String.format(Locale.ROOT, "%,d", bytes))
        .toList();
  }

  private static String size(Path library) {
    try {
      return String.format(Locale.ROOT, "%,11d %s", Files.size(library), library.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
