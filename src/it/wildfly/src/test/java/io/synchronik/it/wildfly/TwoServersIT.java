package io.synchronik.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.PostgresServer;
import io.synchronik.it.testkit.WildFlyBase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two servers and one database that forces every commit to the disk: both are killed at work, one
 * after the other, and nobody does more about it than to start one of them again.
 */
class TwoServersIT {
  private static final int INVOICES = Integer.getInteger("two-servers.items");
  private static final Path DIRECTORY = Path.of(System.getProperty("two-servers.directory"));
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String NORTH = "north";
  private static final String SOUTH = "south";

  private final Database database = PostgresServer.durable().create("invoices");
  private final List<InvoiceServer> started = new ArrayList<>();
  private final long began = System.nanoTime();
  private InvoiceBooks books;
  private InvoiceServer north;
  private InvoiceServer south;

  @BeforeEach
  void start() throws Exception {
    books = new InvoiceBooks(database);
    WildFlyBase.Setup setup = InvoiceSetup.write(DIRECTORY, database);
    north = start(NORTH, setup);
    south = start(SOUTH, setup);
  }

  private InvoiceServer start(String name, WildFlyBase.Setup setup) throws IOException {
    InvoiceServer server =
        new InvoiceServer(name, WildFlyBase.create(DIRECTORY.resolve(name), setup));
    started.add(server);
    return server;
  }

  @AfterEach
  void stop() throws Exception {
    started.forEach(InvoiceServer::kill);
    books.close();
    database.close();
  }

  @Test
  void eachInvoiceIsWrittenOnceThoughBothServersAreKilled() throws Exception {
    north.run(INVOICES);
    tell("runs");
    awaitAtWork(
        () -> books.completed() > INVOICES / 5 && books.isAtWork(NORTH) && books.isAtWork(SOUTH));

    String killed = books.incarnation(NORTH);
    north.kill();
    tell("north is killed");
    awaitAtWork(() -> books.isTakenOver(killed));
    long completed = books.completed();
    long lost = books.losses();
    tell("north is taken over, times that items were lost: " + lost);
    awaitAtWork(() -> books.completed() > completed + INVOICES / 100);

    north.restart();
    tell("north is back");
    awaitAtWork(
        () -> books.hasCompletedSome(NORTH) && books.isAtWork(NORTH) && books.isAtWork(SOUTH));
    String killedThen = books.incarnation(SOUTH);
    south.kill();
    tell("south is killed");
    awaitAtWork(() -> books.isTakenOver(killedThen));
    tell("south is taken over, times that items were lost: " + books.losses());
    Await.until(PATIENCE, () -> !books.isRunning());

    tell("done, by " + books.shares());
    assertThat(lost).isPositive();
    assertThat(books.losses()).isGreaterThan(lost);
    assertThat(books.shares()).contains(NORTH, SOUTH);
    books.check(INVOICES);
  }

  /** Waits until a condition holds; the run must not be over by then. */
  private void awaitAtWork(BooleanSupplier condition) {
    Await.until(
        PATIENCE,
        () -> {
          if (!books.isRunning()) {
            throw new IllegalStateException("The run has ended with " + books.completed());
          }
          return condition.getAsBoolean();
        });
  }

  private void tell(String news) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("%6.1f s, %,7d invoices: %s%n", seconds, books.completed(), news);
  }
}
