package io.synchronik.impl.run;

import io.synchronik.impl.exec.Slots;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.store.run.ClaimStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.Registry;
import io.synchronik.run.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets runs that were asked for start, wait, or end as skipped. Takes runs, then units, that nobody
 * else holds.
 */
public final class Admissions {
  private static final int MOST = 500;

  private final Registry registry;
  private final Starts starts;
  private final RunSkips skips;
  private final Skipped skipped;
  private final ClaimStore runs = new ClaimStore();

  /** Told after the commit; only a signal. */
  @FunctionalInterface
  public interface Skipped {
    /** A run has ended as skipped. */
    void skipped(RunStore.Submitted run, String reason);
  }

  public Admissions(Registry registry, Journal journal, Starts starts, Skipped skipped) {
    this.registry = registry;
    this.skips = new RunSkips(journal);
    this.starts = starts;
    this.skipped = skipped;
  }

  /**
   * What came of it.
   *
   * @param started what has started, and what waits
   * @param next where to look on, when there may be more
   * @param held units that somebody else holds
   */
  public record Admitted(Starts.Started started, @Nullable Look next, Set<String> held) {}

  /**
   * One look at all runs that were asked for, by pages.
   *
   * @param units whose
   * @param after the run after which the next page begins
   * @param waiting how many runs of each unit wait, on the pages before
   */
  public record Look(Collection<String> units, String after, Map<String, Integer> waiting) {
    public static Look at(Collection<String> units) {
      return new Look(units, "", Map.of());
    }
  }

  public Admitted admit(Tx tx, Look look, RunStore.Claimer claimer, Slots slots) {
    List<RunStore.Submitted> page = runs.lockSubmitted(tx.session(), look.units, look.after, MOST);
    List<RunStore.Submitted> submitted = runs.free(tx.session(), page);
    Set<String> ids = new TreeSet<>();
    submitted.forEach(run -> ids.add(run.unit()));
    Starts.Batch batch = starts.beginFree(tx, ids, claimer, slots);
    Map<String, Integer> waiting = new HashMap<>(look.waiting);
    List<RunStore.Submitted> running = new ArrayList<>();
    List<RunStore.Submitted> ready = new ArrayList<>();
    List<ClaimStore.Begun> begun = new ArrayList<>();
    Map<RunStore.Submitted, String> over = new LinkedHashMap<>();
    for (RunStore.Submitted run : submitted) {
      RegisteredUnit unit = registry.find(run.unit());
      if (unit == null || batch.counts().facts(run.unit()) == null) {
        continue;
      }
      Admission admission =
          batch.decide(
              unit,
              new Admission.Candidate(
                  run.asked().forced(), patience(run), waiting.getOrDefault(run.unit(), 0)));
      if (admission instanceof Admission.Admit) {
        if (unit instanceof RegisteredProcess process) {
          begun.add(batch.begin(process, run));
        } else {
          (batch.admitted(run) ? running : ready).add(run);
        }
      } else if (admission instanceof Admission.Wait) {
        waiting.merge(run.unit(), 1, Integer::sum);
      } else if (admission instanceof Admission.Skip skip) {
        over.put(run, skip.reason());
      }
    }
    List<RunStore.Submitted> taken =
        runs.admitIfSubmitted(tx.session(), running, claimer, tx.now());
    int left = runs.admitIfSubmitted(tx.session(), ready, null, tx.now()).size();
    int began = runs.beginIfSubmitted(tx.session(), begun, tx.now()).size();
    if (taken.size() < running.size() || left < ready.size() || began < begun.size()) {
      throw new MovedOn();
    }
    batch.write();
    Set<String> held = new HashSet<>(batch.counts().held());
    held.addAll(skip(tx, over));
    return new Admitted(batch.started(), next(look, page, held, waiting), held);
  }

  /** Returns units of which runs were asked for. */
  public List<String> asked(Tx tx) {
    return runs.unitsOfSubmitted(tx.session(), MOST);
  }

  private static @Nullable Look next(
      Look look, List<RunStore.Submitted> page, Set<String> held, Map<String, Integer> waiting) {
    if (page.size() < MOST) {
      return null;
    }
    List<String> units = look.units.stream().filter(unit -> !held.contains(unit)).toList();
    return new Look(units, page.get(MOST - 1).id(), waiting);
  }

  /** Returns what a run does that cannot start at once. */
  public static Admission.Patience patience(RunStore.Submitted run) {
    if (run.origin().part() != null) {
      return Admission.Patience.FOR_ALL;
    }
    if (run.origin().cause() == Cause.POOL) {
      return Admission.Patience.OF_POOL;
    }
    return run.asked().patient() ? Admission.Patience.FOR_OTHERS : Admission.Patience.BY_POLICY;
  }

  /** Returns the units of runs to which somebody is adding items: these are skipped later. */
  private Set<String> skip(Tx tx, Map<RunStore.Submitted, String> over) {
    Set<String> held = skips.held(tx, over.keySet());
    Set<String> units = new HashSet<>();
    over.forEach(
        (run, reason) -> {
          if (held.contains(run.id())) {
            units.add(run.unit());
          } else if (skips.skip(tx, run, reason)) {
            tx.afterCommit(() -> skipped.skipped(run, reason));
          }
        });
    return units;
  }

  /** Another node took some of the runs meanwhile, on a database without row claims; all again. */
  public static final class MovedOn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MovedOn() {
      super("runs were taken by another node");
    }
  }
}
