package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The commit of a claim has come true, and its thread hears of it late: the node sees by the tables
 * that it owns what it does not work on yet.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LateAnswerIT extends SharedNode {
  private static final int ITEMS = 20;
  private static final int LOOKS = 4;

  private final Faults faults = new Faults();

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.faults(faults);
  }

  @AfterEach
  void clear() {
    faults.clear();
  }

  /** Holds the first answer that a thread gets when a claim stands, while the loop looks. */
  private final class Late {
    private final String thread;
    private final String claims;
    private final String looks;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch looked = new CountDownLatch(LOOKS);

    Late(String thread, String claims, String looks) {
      this.thread = thread;
      this.claims = claims;
      this.looks = looks;
      faults.watch(this::told);
    }

    private void told(Faults.Hit done) {
      if (held.getCount() == 0 && done.what().contains(looks)) {
        looked.countDown();
      }
      if (held.getCount() > 0
          && done.what().equals(Faults.COMMIT)
          && done.thread().startsWith(thread)
          && count(claims) > 0) {
        held.countDown();
        await(looked);
      }
    }

    void awaitOver() {
      await(looked);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Probe.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long count(String rows) {
    try {
      return database.number("select count(*) from " + rows);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Counted implements ItemWork<Integer, Integer> {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, ITEMS).forEach(items::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      return calls.incrementAndGet();
    }
  }

  @Test
  void itemsAreDoneOnce() {
    Counted work = new Counted();
    manager.registerUnit(ItemSource.worker("late-items", Integer.class, work));
    Late late =
        new Late(
            "synchronik-item-intake",
            "sk_item where state = 'started'",
            "owner = ? and state = 'started'");

    RunHandle run = manager.runWorkerById("late-items");
    late.awaitOver();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    assertThat(work.calls).hasValue(ITEMS);
    assertThat(count("sk_item where fence <> 1")).isZero();
  }

  @Test
  void runsAreDoneOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    register("late-run", run -> calls.incrementAndGet());
    Late late =
        new Late(
            "synchronik-intake",
            "sk_run where unit = 'late-run' and owner is not null",
            "owner = ?");

    RunHandle run = manager.runWorkerById("late-run");
    late.awaitOver();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    Await.until(Probe.PATIENCE, () -> count("sk_run where ended_at is null") == 0);
    assertThat(calls).hasValue(1);
    assertThat(database.rows("select fence from sk_run where unit = 'late-run'"))
        .isEqualTo(List.of(List.of(1L)));
  }
}
