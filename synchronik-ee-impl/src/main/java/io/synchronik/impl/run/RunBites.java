package io.synchronik.impl.run;

import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.run.NewRuns;
import io.synchronik.impl.store.run.RunPicks;
import io.synchronik.impl.store.run.RunRows;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.run.Cause;
import io.synchronik.run.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Many runs, run again or cancelled some at a time. Locks runs, then what they consist of. */
public final class RunBites {
  private final Core core;
  private final Runs runs;
  private final RunPicks picks = new RunPicks();
  private final RunRows rows;
  private final NewRuns store = new NewRuns();
  private final UnitStore units = new UnitStore();

  public RunBites(Core core, Runs runs) {
    this.core = core;
    this.runs = runs;
    this.rows = runs.views().rows();
  }

  /**
   * What came of some runs.
   *
   * @param done to how many it was done
   * @param skipped how many have changed
   * @param failed how many could not be run again
   * @param failure why not, null when all could
   * @param held those that somebody else holds
   */
  public record Bitten(
      int done, int skipped, int failed, @Nullable String failure, List<String> held) {}

  /** Runs those of some runs again that nobody has run again. */
  public Bitten again(Tx tx, RunPicks.Meant meant, Collection<String> ids, String by) {
    List<RunPicks.Held> locked = locked(tx, ids);
    Set<String> before =
        picks.runAgain(tx.session(), locked.stream().map(RunPicks.Held::id).toList());
    Map<String, String> obstacles = new HashMap<>();
    List<NewRuns.New> again = new ArrayList<>();
    int skipped = 0;
    int failed = 0;
    String failure = null;
    for (RunPicks.Held run : locked) {
      if (!isRetryable(meant, run) || before.contains(run.id())) {
        skipped++;
        continue;
      }
      String obstacle = obstacles.computeIfAbsent(run.unit(), unit -> obstacle(tx, unit));
      if (obstacle.isEmpty()) {
        again.add(again(tx, run, by));
      } else {
        failed++;
        failure = obstacle;
      }
    }
    store.insert(tx.session(), again);
    if (!again.isEmpty()) {
      tx.afterCommit(runs.signals()::submitted);
    }
    List<String> held = held(tx, ids, locked);
    int gone = ids.size() - locked.size() - held.size();
    return new Bitten(again.size(), skipped + gone, failed, failure, held);
  }

  private static boolean isRetryable(RunPicks.Meant meant, RunPicks.Held run) {
    return meant.states().isEmpty()
        ? run.state() == RunState.FAILED
        : meant.states().contains(run.state());
  }

  private String obstacle(Tx tx, String unit) {
    UnitFacts facts = units.peek(tx.session(), unit);
    if (facts == null) {
      return Message.UNKNOWN_UNIT.with(unit);
    }
    String obstacle = facts.obstacle(tx.now());
    return obstacle == null ? "" : Message.NOT_RUNNABLE.with(unit, obstacle);
  }

  private NewRuns.New again(Tx tx, RunPicks.Held run, String by) {
    return new NewRuns.New(
        core.journal().nextId(),
        run.unit(),
        RunState.SUBMITTED,
        RunStore.Origin.of(Cause.RETRY, null),
        new RunStore.OfProcess(run.definition(), run.id()),
        new NewRuns.Details(
            tx.now(), null, new NewRuns.Request(false, by, null), run.payload(), null));
  }

  /** Cancels those of some runs that are not final. */
  public Bitten cancel(Tx tx, Collection<String> ids, String by) {
    List<RunPicks.Held> locked = locked(tx, ids);
    int done = 0;
    for (RunPicks.Held run : locked) {
      if (!run.state().isFinal()
          && run.cancelBy() == null
          && runs.cancel(tx, new Runs.Known(run.id(), run.unit(), run.parent()), by)) {
        done++;
      }
    }
    List<String> held = held(tx, ids, locked);
    return new Bitten(done, ids.size() - held.size() - done, 0, null, held);
  }

  private List<RunPicks.Held> locked(Tx tx, Collection<String> ids) {
    return picks.lockFree(tx.session(), ids).stream()
        .sorted(Comparator.comparing(RunPicks.Held::id))
        .toList();
  }

  /** Those that exist and are not among the locked ones. */
  private List<String> held(Tx tx, Collection<String> ids, List<RunPicks.Held> locked) {
    Set<String> others = new HashSet<>(ids);
    locked.forEach(run -> others.remove(run.id()));
    return others.isEmpty()
        ? List.of()
        : List.copyOf(rows.existing(tx.session(), List.copyOf(others)));
  }

  /** Returns how many there are. */
  public long count(Tx tx, RunPicks.Meant meant) {
    return picks.count(tx.session(), meant);
  }

  /** Returns the first behind an id, in their order. */
  public List<String> behind(Tx tx, RunPicks.Meant meant, String after, int limit) {
    return picks.behind(tx.session(), meant, after, limit);
  }
}
