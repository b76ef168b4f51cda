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
 * after the other, and nobody does more about it than to start one of them again. There is always
 * more to do until then, however long a server takes to come back.
 */
class TwoServersIT {
  private static final int INVOICES = Integer.getInteger("two-servers.items");
  private static final Path DIRECTORY = Path.of(System.getProperty("two-servers.directory"));
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String NORTH = "north";
  private static final String SOUTH = "south";

  private final Database database = PostgresServer.durable().create("invoices");
  private final List<InvoiceServer> started = new ArrayList<>();
  private final long began = System.nanoTime();
  private InvoiceBooks books;
  private String run;
  private int invoices = INVOICES;
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
    if (books != null) {
      books.close();
    }
    database.close();
  }

  @Test
  void eachInvoiceIsWrittenOnceThoughBothServersAreKilled() throws Exception {
    run = north.run(INVOICES);
    tell("runs");
    awaitAtWork(
        north,
        "both work",
        () -> books.completed() > INVOICES / 5 && books.isAtWork(NORTH) && books.isAtWork(SOUTH));

    String killed = books.incarnation(NORTH);
    killAtWork(north, NORTH);
    tell("north is killed");
    awaitAtWork(south, "north is taken over", () -> books.isTakenOver(killed));
    long completed = books.completed();
    long lost = books.losses();
    tell("north is taken over, times that items were lost: " + lost);
    awaitAtWork(south, "south goes on", () -> books.completed() > completed + INVOICES / 100);

    north.restart();
    tell("north is back");
    awaitAtWork(
        north,
        "both work again",
        () -> books.hasCompletedSome(NORTH) && books.isAtWork(NORTH) && books.isAtWork(SOUTH));
    String killedThen = books.incarnation(SOUTH);
    killAtWork(south, SOUTH);
    tell("south is killed");
    awaitAtWork(north, "south is taken over", () -> books.isTakenOver(killedThen));
    tell("south is taken over, times that items were lost: " + books.losses());
    north.close(run);
    Await.until(PATIENCE, () -> "The run has not ended; " + state(), () -> !books.isRunning());

    tell("done, by " + books.shares());
    assertThat(lost).isPositive();
    assertThat(books.losses()).isGreaterThan(lost);
    assertThat(books.shares()).contains(NORTH, SOUTH);
    books.check(invoices);
  }

  /** Kills a server while it has items that cannot end, so that these are lost. */
  private void killAtWork(InvoiceServer server, String name) {
    awaitAtWork(
        server,
        name + " is at work",
        () ->
            books.whileNoneCanEnd(
                () -> {
                  boolean atWork = books.isAtWork(name);
                  if (atWork) {
                    server.kill();
                  }
                  return atWork;
                }));
  }

  /**
   * Waits until a condition holds.
   *
   * @param up a server that adds invoices when few are left
   */
  private void awaitAtWork(InvoiceServer up, String what, BooleanSupplier condition) {
    Await.until(
        PATIENCE,
        () -> "What did not come: " + what + "; " + state(),
        () -> {
          if (books.isRunning() && books.open() < INVOICES / 5) {
            up.add(run, invoices, invoices + INVOICES / 10);
            invoices += INVOICES / 10;
          }
          return condition.getAsBoolean();
        });
  }

  private String state() {
    return "%d of %d invoices are written, by %s"
        .formatted(books.completed(), invoices, books.shares());
  }

  private void tell(String news) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("%6.1f s, %,7d invoices: %s%n", seconds, books.completed(), news);
  }
}
