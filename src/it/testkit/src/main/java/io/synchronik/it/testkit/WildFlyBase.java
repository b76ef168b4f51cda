package io.synchronik.it.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where one {@link WildFly} lives: its own configuration, deployments, data, logs and ports. It
 * outlasts the server's processes, of which there is one at a time; several share what is unpacked.
 *
 * @param directory the server's own
 * @param portOffset added to all its ports
 * @param setup how it was made
 */
public record WildFlyBase(Path directory, int portOffset, Setup setup) {
  private static final int HTTP = 8080;
  private static final int[] PORTS = {4712, 4713, HTTP, 8443, 9990, 9993};
  private static final String CONFIGURATION = "standalone.xml";

  /**
   * What servers may have in common.
   *
   * @param home where WildFly is unpacked; only read
   * @param yaml what is added to the configuration, files of WildFly's YAML extension
   * @param archives what is deployed when it starts
   */
  public record Setup(Path home, List<Path> yaml, List<Path> archives) {
    /** A server as it comes. */
    public static Setup of(Path home) {
      return new Setup(home, List.of(), List.of());
    }
  }

  /**
   * Creates one with free ports. What was in the directory before is deleted, and the server ended
   * that a killed JVM has left there.
   */
  public static WildFlyBase create(Path directory, Setup setup) throws IOException {
    WildFlyBase base = new WildFlyBase(directory, Ports.freeOffset(PORTS), setup);
    if (Files.exists(directory)) {
      base.endOrphan();
      Scratch.delete(directory);
    }
    Files.createDirectories(base.deployments());
    base.copyConfiguration();
    for (Path archive : setup.archives) {
      base.place(archive);
    }
    return base;
  }

  /** Puts an archive where the server looks for what it shall deploy. */
  void place(Path archive) throws IOException {
    String name = String.valueOf(archive.getFileName());
    Files.copy(archive, deployments().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    Files.createFile(deployments().resolve(name + ".dodeploy"));
  }

  /** Looks for deployments more often than by default, so that tests wait less. */
  private void copyConfiguration() throws IOException {
    Path from = setup.home.resolve("standalone/configuration");
    Path to = Files.createDirectories(directory.resolve("configuration"));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    Path standalone = to.resolve(CONFIGURATION);
    Files.writeString(
        standalone,
        Files.readString(standalone).replace("scan-interval=\"5000\"", "scan-interval=\"200\""));
  }

  /** Returns the address of something on the server. */
  public URI uri(String path) {
    return URI.create("http://localhost:" + (HTTP + portOffset) + path);
  }

  Path deployments() {
    return directory.resolve("deployments");
  }

  Path console() {
    return directory.resolve("console.log");
  }

  void note(Process process) throws IOException {
    Files.writeString(processFile(), String.valueOf(process.pid()));
  }

  /** The JVM that started it was killed and could not end it. */
  private void endOrphan() throws IOException {
    if (Files.exists(processFile())) {
      Optional<ProcessHandle> orphan =
          ProcessHandle.of(Long.parseLong(Files.readString(processFile())));
      orphan
          .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private Path processFile() {
    return directory.resolve("server.pid");
  }
}
