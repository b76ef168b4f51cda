package io.synchronik.it.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An embedded PostgreSQL 17 that lives as long as the JVM: it is ended when that ends, also after a
 * failed test, and by the next JVM when that one was killed.
 */
public final class PostgresServer {
  private static final String DIRECTORY = "postgres-of-";

  private final boolean durable;
  private final int port = Ports.free();
  private final Path data;
  private @Nullable EmbeddedPostgres running;

  private static final class Shared {
    static final PostgresServer SERVER = new PostgresServer(false);
  }

  private static final class Durable {
    static final PostgresServer SERVER = new PostgresServer(true);
  }

  private PostgresServer(boolean durable) {
    this.durable = durable;
    endOrphans();
    data = Scratch.create(DIRECTORY + ProcessHandle.current().pid(), this::end);
    start();
  }

  /** Returns the server that tests share: fast, as nothing is forced to the disk. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /**
   * Returns the server for benchmarks and fault tests: {@code fsync}, {@code synchronous_commit}
   * and {@code full_page_writes} are on.
   */
  public static PostgresServer durable() {
    return Durable.SERVER;
  }

  /**
   * Creates an empty database.
   *
   * @param name begins its name; made unique
   * @return the database; whoever creates it closes it
   */
  public Database create(String name) {
    return new PostgresDatabase(this, name);
  }

  /** Starts the server again after {@link #stop}: same data, same port. */
  public synchronized void start() {
    if (running != null) {
      return;
    }
    String force = durable ? "on" : "off";
    try {
      running =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Probe.PATIENCE)
              .setServerConfig("fsync", force)
              .setServerConfig("synchronous_commit", force)
              .setServerConfig("full_page_writes", force)
              .setServerConfig("max_connections", "300")
              .setServerConfig("max_prepared_transactions", "50")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stops the server as an outage: every connection ends, what was committed stays, and its process
   * has gone when this returns.
   */
  public synchronized void stop() {
    Optional<ProcessHandle> process = process(data);
    close();
    process.ifPresent(server -> server.onExit().join());
  }

  private synchronized void close() {
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        running = null;
      }
    }
  }

  private void end() {
    Optional<ProcessHandle> process = process(data);
    close();
    process.filter(ProcessHandle::isAlive).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Ends the servers of JVMs that were killed and could not end them. */
  private static void endOrphans() {
    for (Path directory : Scratch.leftBehind(DIRECTORY)) {
      process(directory)
          .filter(process -> process.info().command().orElse("").endsWith("postgres"))
          .ifPresent(ProcessHandle::destroyForcibly);
      Scratch.delete(directory);
    }
  }

  private static Optional<ProcessHandle> process(Path data) {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      return lines.findFirst().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String url(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database + "?user=postgres";
  }

  void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
