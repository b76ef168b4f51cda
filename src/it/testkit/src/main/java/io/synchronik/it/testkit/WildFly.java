package io.synchronik.it.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** One process of a WildFly. It is ended with this JVM at the latest. */
public final class WildFly implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int STOP_SECONDS = 60;

  private final WildFlyBase base;
  private final ServerLog log;
  private final Process process;
  private final Thread end;

  private WildFly(WildFlyBase base, ServerLog log, Process process) {
    this.base = base;
    this.log = log;
    this.process = process;
    this.end = new Thread(process::destroyForcibly, "wildfly-end");
    Runtime.getRuntime().addShutdownHook(end);
  }

  /**
   * Starts the server with what is to be deployed or was in an earlier process, and waits until it
   * is up.
   *
   * @param properties the server's system properties
   */
  public static WildFly start(WildFlyBase base, Map<String, String> properties) throws IOException {
    StandaloneCommandBuilder command =
        StandaloneCommandBuilder.of(base.setup().home())
            .setBaseDirectory(base.directory())
            .setYamlFiles(base.setup().yaml())
            .addServerArgument("-Djboss.socket.binding.port-offset=" + base.portOffset());
    properties.forEach((key, value) -> command.addServerArgument("-D" + key + "=" + value));
    ServerLog log = new ServerLog(base.console());
    Process process =
        Launcher.of(command)
            .setRedirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(base.console().toFile()))
            .launch();
    WildFly server = new WildFly(base, log, process);
    try {
      base.note(process);
      server.awaitLine("WFLYSRV0025");
    } catch (IOException | AssertionError e) {
      server.kill();
      throw e;
    }
    return server;
  }

  /** Deploys an archive; returns how long the server took by its own log. */
  public Duration deploy(Path war) throws IOException {
    String name = String.valueOf(war.getFileName());
    base.place(war);
    LocalTime began = awaitLine("WFLYSRV0027", name);
    Duration took = Duration.between(began, awaitLine("WFLYSRV0010", name));
    awaitFile(name + ".deployed");
    return took.isNegative() ? took.plusDays(1) : took;
  }

  /** Takes an archive away again. */
  public void undeploy(Path war) throws IOException {
    String name = String.valueOf(war.getFileName());
    Files.delete(base.deployments().resolve(name + ".deployed"));
    awaitLine("WFLYSRV0009", name);
    awaitFile(name + ".undeployed");
    Files.delete(base.deployments().resolve(name + ".undeployed"));
    Files.delete(base.deployments().resolve(name));
  }

  private void awaitFile(String name) {
    Path file = base.deployments().resolve(name);
    Await.until(PATIENCE, () -> "There is no " + file, () -> Files.exists(file));
  }

  private LocalTime awaitLine(String... parts) {
    return log.await(process, PATIENCE, parts);
  }

  /** Ends the process as {@code kill -9} does; waits until it is gone. */
  public void kill() {
    Runtime.getRuntime().removeShutdownHook(end);
    process.destroyForcibly().onExit().join();
  }

  /** Stops the server, if it is still there. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      try {
        process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      kill();
    }
  }
}
