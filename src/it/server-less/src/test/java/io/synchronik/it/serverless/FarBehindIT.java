package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.ForkedJvm;
import io.synchronik.it.testkit.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What waits for slow observers stays in the journal, and is told from there: the JVM has hardly
 * more memory than the engine takes. The property {@code synchronik.it.events} says how many events
 * there are; 1000000 is what the engine promises.
 */
class FarBehindIT {
  private static final int EVENTS = Integer.getInteger("synchronik.it.events", 20_000);
  private static final int FAILING = 6_000;
  private static final int OF_BATCH = 5;

  /** The first are announced by the node itself: more than it keeps in memory. */
  private static final int FIRST = 300;

  /** A million take their time. */
  private static final Duration PATIENCE = Probe.PATIENCE.multipliedBy(1 + EVENTS / 50_000);

  private static final long MOST = 64L << 20;

  private Database database;
  private Process jvm;
  private BufferedReader answers;
  private PrintStream orders;

  /** What the node answers. */
  private record Answer(long used, String atOnce, String later, int failed) {
    private String told() {
      return atOnce + " " + later + " " + failed;
    }
  }

  @BeforeEach
  void start() throws IOException {
    database = DatabaseKind.POSTGRESQL.create("far-behind");
    jvm =
        ForkedJvm.of(
                List.of("-Xmx128m", "-XX:+UseSerialGC"),
                FarBehind.class,
                database.url(),
                String.valueOf(FAILING))
            .start();
    answers =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    orders = new PrintStream(jvm.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() {
    jvm.destroyForcibly();
    database.close();
  }

  private String line() throws IOException {
    String line = answers.readLine();
    assertThat(line).as("the JVM writes where this one does what it died of").isNotNull();
    return line;
  }

  private Answer order(String order) {
    orders.println(order);
    String[] answer;
    try {
      answer = line().split(" ", -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(Long.parseLong(answer[0]), answer[1], answer[2], Integer.parseInt(answer[3]));
  }

  @Test
  void eachIsToldOnceAndInOrderAndMemoryStays() throws Exception {
    long base = Long.parseLong(line());
    int written = FIRST;
    order("emit 0 " + written);
    while (lastBatch().charAt(10) == 'Z') {
      order("emit " + written + " " + ++written);
    }
    int batches = (EVENTS - written + OF_BATCH - 1) / OF_BATCH;
    write(lastBatch(), written, batches);
    int events = written + batches * OF_BATCH + 1;
    order("emit " + (events - 1) + " " + events);
    order("fall");
    Answer behind = order("collect");

    assertThat(behind.used - base).isLessThan(MOST);
    assertThat(behind.atOnce).isEqualTo("0/0");
    assertThat(behind.later).isEqualTo("0/0");
    assertThat(behind.failed).isZero();
    String all = events + "/0 " + events + "/0 " + FAILING;
    AtomicReference<String> told = new AtomicReference<>(order("go").told());
    Await.until(
        PATIENCE,
        () -> "Told: " + told,
        () -> {
          told.set(order("look").told());
          assertThat(told.get()).matches("\\d+/0 \\d+/0 \\d+");
          return told.get().equals(all);
        });
    assertThat(order("collect").used - base).isLessThan(MOST);
  }

  private String lastBatch() throws SQLException {
    return String.valueOf(
        database
            .rows("select max(batch) from sk_event where type = 'milestone' and data like '%far%'")
            .get(0)
            .get(0));
  }

  /** Writes as the node does: it has not read what is behind the last one that it has kept. */
  private void write(String last, int from, int batches) throws SQLException {
    String id = "left('%s', 10) || 'Z' || lpad(upper(to_hex(g)), 15, '0')".formatted(last);
    database.execute(
        """
        insert into sk_event_batch (app, id, at, node, incarnation, events)
        select b.app, %s, now(), b.node, b.incarnation, %d
        from sk_event_batch b, generate_series(1, %d) g where b.id = ?
        """
            .formatted(id, OF_BATCH, batches),
        last);
    database.execute(
        """
        insert into sk_event (app, batch, n, at, type, unit, run, data)
        select e.app, %s, k, now(), e.type, e.unit, e.run,
          regexp_replace(e.data, '#[0-9]{7} x*',
            '#' || lpad((%d + (g - 1) * %d + k)::text, 7, '0') || repeat(' x', 100))
        from sk_event e, generate_series(1, %d) g, generate_series(0, %d) numbers(k) where e.batch = ?
        """
            .formatted(id, from, OF_BATCH, batches, OF_BATCH - 1),
        last);
  }
}
