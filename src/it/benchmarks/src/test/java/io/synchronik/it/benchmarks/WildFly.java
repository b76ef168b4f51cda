package io.synchronik.it.benchmarks;

import io.synchronik.it.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A WildFly of its own, with its own ports, that deploys what stands in its directory. */
final class WildFly implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");
  private static final int TIME_LENGTH = "yyyy-MM-dd HH:mm:ss,SSS".length();

  private final Path deployments;
  private final Path log;
  private final Process process;
  private final Thread end;
  private int linesRead;

  private WildFly(Path base, Process process) {
    this.deployments = base.resolve("deployments");
    this.log = base.resolve("log/server.log");
    this.process = process;
    this.end = new Thread(process::destroyForcibly, "wildfly-end");
  }

  /**
   * Starts the server.
   *
   * @param home where it is unpacked
   * @param portOffset added to all its ports
   */
  static WildFly start(Path home, int portOffset) throws IOException {
    Path base = home.resolve("standalone");
    empty(base.resolve("deployments"));
    Files.deleteIfExists(base.resolve("log/server.log"));
    Process process =
        Launcher.of(
                StandaloneCommandBuilder.of(home)
                    .setServerConfiguration(configuration(base.resolve("configuration")))
                    .addServerArgument("-Djboss.socket.binding.port-offset=" + portOffset))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .launch();
    WildFly server = new WildFly(base, process);
    Runtime.getRuntime().addShutdownHook(server.end);
    try {
      server.awaitLine("WFLYSRV0025");
    } catch (AssertionError e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Looks for deployments more often than by default, so that the benchmark waits less. */
  private static String configuration(Path directory) throws IOException {
    String name = "benchmark.xml";
    Files.writeString(
        directory.resolve(name),
        Files.readString(directory.resolve("standalone.xml"))
            .replace("scan-interval=\"5000\"", "scan-interval=\"200\""));
    return name;
  }

  private static void empty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Deploys an archive; returns how long the server took by its own log. */
  Duration deploy(Path war) throws IOException {
    String name = String.valueOf(war.getFileName());
    Files.copy(war, deployments.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    Files.createFile(deployments.resolve(name + ".dodeploy"));
    LocalDateTime began = awaitLine("WFLYSRV0027", name);
    Duration took = Duration.between(began, awaitLine("WFLYSRV0010", name));
    awaitFile(name + ".deployed");
    return took;
  }

  /** Takes an archive away again. */
  void undeploy(Path war) throws IOException {
    String name = String.valueOf(war.getFileName());
    Files.delete(deployments.resolve(name + ".deployed"));
    awaitLine("WFLYSRV0009", name);
    awaitFile(name + ".undeployed");
    Files.delete(deployments.resolve(name + ".undeployed"));
    Files.delete(deployments.resolve(name));
  }

  private void awaitFile(String name) {
    Await.until(PATIENCE, () -> Files.exists(deployments.resolve(name)));
  }

  /** Waits for a line of the log behind those read so far; returns its time. */
  private LocalDateTime awaitLine(String... parts) {
    String[] found = new String[1];
    Await.until(
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("The server has ended; see " + log);
          }
          found[0] = nextLine(List.of(parts));
          return found[0] != null;
        });
    return LocalDateTime.parse(found[0].substring(0, TIME_LENGTH), TIME);
  }

  private @Nullable String nextLine(List<String> parts) {
    if (!Files.exists(log)) {
      return null;
    }
    try {
      List<String> lines = Files.readAllLines(log);
      for (; linesRead < lines.size(); linesRead++) {
        String line = lines.get(linesRead);
        if (line.contains("WFLYCTL0013") || line.contains("WFLYCTL0186")) {
          throw new IllegalStateException(line + "; see " + log);
        }
        if (parts.stream().allMatch(line::contains)) {
          linesRead++;
          return line;
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(end);
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
