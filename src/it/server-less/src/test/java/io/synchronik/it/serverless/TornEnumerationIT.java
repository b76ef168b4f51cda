package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemSource;
import io.synchronik.item.Items;
import io.synchronik.item.ManualItems;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An enumeration, without retries, during which the engine loses its connection. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class TornEnumerationIT extends SharedNode {
  /** Two batches and what is left. */
  private static final int ITEMS = 2_500;

  /** More than an enumeration has. */
  private static final int MOST_PLACES = 60;

  private final Faults faults = new Faults();
  private final AtomicInteger enumerations = new AtomicInteger();
  private final Held held = Held.interruptibly();

  /** Adds an item. */
  private interface Adding {
    void add(Items<Integer> items, int number);
  }

  /** Nobody works on its items. */
  private class Listed implements ManualItems<Integer> {
    private final Adding adding;

    Listed(Adding adding) {
      this.adding = adding;
    }

    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws Exception {
      enumerations.incrementAndGet();
      for (int i = 0; i < ITEMS; i++) {
        adding.add(items, i);
      }
    }
  }

  private final class Waiting extends Listed {
    Waiting() {
      super(Items::add);
    }

    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws Exception {
      held.run(run);
      super.enumerate(items, run);
    }
  }

  /** Meets a lost connection with the first items of some enumerations. */
  private final class Struck extends Listed {
    private final int times;
    private final AtomicInteger begun = new AtomicInteger();

    Struck(int times, Adding adding) {
      super(adding);
      this.times = times;
    }

    @Override
    public void enumerate(Items<Integer> items, RunContext run) throws Exception {
      if (begun.incrementAndGet() <= times) {
        Thread mine = Thread.currentThread();
        faults.set(Faults.Kind.LOST_AT_STATEMENT, 1, thread -> thread == mine);
      }
      super.enumerate(items, run);
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.faults(faults).setting("synchronik.workers", "2");
  }

  @Override
  void prepare() {
    register("plain", new Listed(Items::add));
    register("keyed", new Struck(1, (items, number) -> items.add("key " + number, number)));
    register(
        "swallowing",
        new Struck(
            1,
            (items, number) -> {
              try {
                items.add(number);
              } catch (RuntimeException e) {
                // As if it were no matter
              }
            }));
    register(
        "wrapping",
        new Struck(
            1,
            (items, number) -> {
              try {
                items.add(number);
              } catch (RuntimeException e) {
                throw new IllegalStateException("Item " + number);
              }
            }));
    register("waiting", new Waiting());
    register("hopeless", new Struck(Integer.MAX_VALUE, Items::add));
  }

  private void register(String id, Listed items) {
    manager.registerUnit(ItemSource.worker(id, Integer.class, items));
  }

  @AfterEach
  void clear() {
    faults.clear();
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"LOST_AT_STATEMENT", "LOST_BEFORE_COMMIT", "LOST_AFTER_COMMIT", "LATE_COMMIT"})
  void lostConnectionIsNoFailedAttempt(Faults.Kind fault) throws Exception {
    Set<Object> losses = new HashSet<>();
    Faults.Trap trap;
    int at = 0;
    do {
      at++;
      trap = faults.set(fault, at, thread -> thread.getName().startsWith("synchronik-worker"));
      losses.add(lossesOf(manager.runWorkerById("plain"), "plain at " + at));
    } while (trap.hit().isPresent() && at < MOST_PLACES);
    assertThat(at).isLessThan(MOST_PLACES);
    if (fault == Faults.Kind.LOST_AT_STATEMENT) {
      assertThat(losses).contains(1);
    }
  }

  @Test
  void whatTheWorkMakesOfItDoesNotMatter() throws Exception {
    for (String unit : List.of("keyed", "swallowing", "wrapping")) {
      assertThat(lossesOf(manager.runWorkerById(unit), unit)).as(unit).isEqualTo(1);
    }
  }

  /** Waits until all items of a run are there, each once, and returns what its row says. */
  private Object lossesOf(RunHandle run, String what) throws SQLException {
    String id = run.id().value();
    Await.until(
        Probe.PATIENCE,
        () -> what + ": " + view(run),
        () -> run.state().isFinal() || number("enumerated", id) == 1);
    assertThat(run.state()).as("%s: %s", what, view(run)).isEqualTo(RunState.RUNNING);
    assertThat(
            database.rows(
                "select count(*), count(distinct payload) from sk_item i"
                    + " join sk_item_set s on s.app = i.app and s.id = i.item_set where s.run = ?",
                id))
        .as(what)
        .hasToString("[[%d, %d]]".formatted(ITEMS, ITEMS));
    List<?> row = database.rows("select attempt, losses from sk_run where id = ?", id).get(0);
    assertThat(row.get(0)).as(what).isEqualTo(1);
    faults.clear();
    run.cancel();
    run.join(Probe.PATIENCE);
    return row.get(1);
  }

  private long number(String flag, String run) {
    try {
      return database.number("select count(*) from sk_item_set where run = ? and " + flag, run);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void outageIsNoFailedAttempt() throws Exception {
    RunHandle run = manager.runWorkerById("waiting");
    held.awaitBegun();
    int before = enumerations.get();
    node.disconnect();
    held.letGo();
    Await.until(
        Probe.PATIENCE,
        () -> node.refused().stream().anyMatch(name -> name.startsWith("synchronik-worker")));
    node.reconnect();
    held.awaitBegun();
    held.letGo();

    assertThat(lossesOf(run, "outage")).isEqualTo(1);
    assertThat(enumerations.get()).isEqualTo(before + 2);
  }

  @Test
  void whatIsLostAgainAndAgainFails() {
    int before = enumerations.get();

    RunOutcome outcome = manager.runWorkerById("hopeless").join(Probe.PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.failure().message()).contains("Fault: the connection is lost");
    assertThat(enumerations.get()).isEqualTo(before + 3);
  }
}
