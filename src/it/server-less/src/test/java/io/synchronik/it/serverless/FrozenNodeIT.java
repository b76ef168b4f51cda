package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that is frozen while it holds rows delays what these are about, and not for long. */
class FrozenNodeIT {
  private static final List<String> OTHERS = List.of("other-1", "other-2", "other-3");
  private static final int RUNS = 10;

  private Database database;
  private Node survivor;
  private FrozenNode frozen;

  @BeforeEach
  void create() {
    database = DatabaseKind.POSTGRESQL.create("frozen");
  }

  private void start(FrozenNode.Where where, Duration lease) throws Exception {
    survivor = FrozenNode.node(database, "survivor", lease.toMillis() + "ms").start();
    OTHERS.forEach(id -> FrozenNode.register(survivor.manager(), id));
    FrozenNode.register(survivor.manager(), FrozenNode.UNIT);
    frozen = FrozenNode.fork(database, where, lease);
    frozen.awaitReady();
  }

  @AfterEach
  void close() {
    if (frozen != null) {
      frozen.close();
    }
    survivor.close();
    database.close();
  }

  /** It holds its rows for as long as the test lasts. */
  @ParameterizedTest
  @EnumSource(FrozenNode.Where.class)
  void allElseGoesOn(FrozenNode.Where where) throws Exception {
    start(where, Duration.ofMinutes(30));
    frozen.freeze();
    long backend = awaitBackend();

    for (String other : OTHERS) {
      awaitRuns(other);
    }

    assertThat(number("select count(*) from pg_stat_activity where pid = " + backend)).isOne();
    long position = survivor.manager().journalPosition();
    frozen.kill();
    awaitRuns(FrozenNode.UNIT);
    Await.until(Probe.PATIENCE, () -> survivor.manager().journalPosition() > position);
  }

  /** The lease is renewed just before, so that the half of it is over long before the whole. */
  @Test
  void whatItHoldsGoesOnBeforeItsLeaseHasPassed() throws Exception {
    start(FrozenNode.Where.FIRING, Duration.ofSeconds(12));
    frozen.freezeAfterHeartbeat();
    long backend = awaitBackend();
    long due = lastDue();

    Await.until(Probe.PATIENCE, () -> lastDue() > due);

    // It gives its locks back a little before it has ended
    Await.until(
        Probe.PATIENCE,
        () -> number("select count(*) from pg_stat_activity where pid = " + backend) == 0);
    assertThat(
            number(
                """
                select count(*) from sk_node where name = 'frozen' and recovered_by is null
                """))
        .as("taken over before its rows were free")
        .isOne();
    awaitRuns(FrozenNode.UNIT);
  }

  /** Waits for the connection that has been in the middle of a transaction for a while. */
  private long awaitBackend() {
    String asked =
        """
        select coalesce(max(pid), 0) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'
          and state_change < clock_timestamp() - interval '1 s'
        """;
    Await.until(Probe.PATIENCE, () -> number(asked) > 0);
    return number(asked);
  }

  private void awaitRuns(String unit) {
    String asked =
        "select count(*) from sk_run where state = 'completed' and node = 'survivor' and unit = '"
            + unit
            + "'";
    long before = number(asked);
    Await.until(
        Probe.PATIENCE,
        () -> "Runs of " + unit + ": " + before + ", then " + number(asked),
        () -> number(asked) >= before + RUNS);
  }

  private long lastDue() {
    return number(
        "select cast(extract(epoch from last_due) * 1000 as bigint) from sk_schedule"
            + " where unit = 'held'");
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
