package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.Progress;
import io.synchronik.run.RunHandle;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What work tells of its progress stands in the end, also where it could not be written at once.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class KeptProgressIT extends SharedNode {
  private static final Progress TOLD = new Progress(7, 10);

  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Faults faults = new Faults();
  private final Held held = Held.interruptibly();

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.faults(faults);
  }

  @Override
  void prepare() {
    register(
        "held",
        run -> {
          run.progress(TOLD);
          return held.run(run);
        });
    register(
        "ends",
        run -> {
          run.progress(TOLD);
          return "done";
        });
  }

  @AfterEach
  void clear() {
    faults.clear();
  }

  @Test
  void whileTheWorkGoesOn() {
    Faults.Trap trap =
        faults.set(Faults.Kind.STATEMENT_FAILS, 1, at("update sk_run set progress_done"));

    RunHandle run = manager.runWorkerById("held");
    held.awaitBegun();

    Await.until(Probe.PATIENCE, () -> trap.hit().isPresent());
    Await.until(BOUND, () -> TOLD.equals(progress(run)));
    held.letGo();
    run.join(Probe.PATIENCE);
  }

  @Test
  void whenTheWorkEnds() {
    Faults.Trap trap =
        faults.set(
            Faults.Kind.COMMIT_REFUSED,
            1,
            thread -> thread.getName().startsWith("synchronik-completions"));

    RunHandle run = manager.runWorkerById("ends");
    run.join(Probe.PATIENCE);

    assertThat(trap.hit()).isPresent();
    assertThat(progress(run)).isEqualTo(TOLD);
  }

  private Progress progress(RunHandle run) {
    return view(run).execution().progress();
  }

  /** The threads that are about to execute a statement. */
  private Predicate<Thread> at(String sql) {
    Set<String> there = ConcurrentHashMap.newKeySet();
    faults.watch(
        hit -> {
          if (hit.what().startsWith(sql)) {
            there.add(hit.thread());
          } else {
            there.remove(hit.thread());
          }
        });
    return thread -> there.contains(thread.getName());
  }
}
