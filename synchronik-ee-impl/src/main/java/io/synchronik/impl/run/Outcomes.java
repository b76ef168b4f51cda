package io.synchronik.impl.run;

import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.run.attempt.Awaited;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.run.EngineStoppedException;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.SynchronikException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits on this node for which run. Nobody waits who has let go of the handle of a run without
 * having asked for the stage of its outcome.
 */
public final class Outcomes {
  private final ConcurrentNavigableMap<String, Awaited> waiting = new ConcurrentSkipListMap<>();

  private final Strands strands;
  private final UserCode code;
  private String lookedTo = "";

  /** The thread that starts the application, until runs begin here. */
  private volatile @Nullable Thread starting;

  /** An outcome as long as somebody holds it. */
  private static final class Awaited extends WeakReference<AwaitedOutcome> {
    /** The same once code may follow it; then it is held until it is there. */
    @SuppressWarnings("UnusedVariable")
    private volatile @Nullable AwaitedOutcome held;

    /** Whether the run was seen to exist: when it no longer does, it has been removed. */
    private volatile boolean seen;

    Awaited(AwaitedOutcome outcome) {
      super(outcome);
    }
  }

  /**
   * Creates it.
   *
   * @param strands where what follows outcomes is told
   * @param code the boundary around that
   */
  public Outcomes(Strands strands, UserCode code) {
    this.strands = strands;
    this.code = code;
  }

  /** No run begins here before a thread has started the application. */
  public void comeLater(Thread starts) {
    starting = starts;
  }

  /** Runs begin here from now on, or never. */
  public void come() {
    starting = null;
  }

  /** Refuses to let the start of the application wait for what begins only after it. */
  void refuseVainWait(RunId run) {
    if (Thread.currentThread().equals(starting)) {
      throw new IllegalStateException(Message.JOIN_BEFORE_BEGIN.with(run));
    }
  }

  AwaitedOutcome of(String run) {
    AwaitedOutcome[] found = new AwaitedOutcome[1];
    waiting.compute(
        run,
        (id, known) -> {
          found[0] = known == null ? null : known.get();
          if (known == null || found[0] == null) {
            found[0] = new AwaitedOutcome();
            return new Awaited(found[0]);
          }
          return known;
        });
    return found[0];
  }

  /** Returns the stage that code may follow, which is told also when nobody holds the outcome. */
  CompletionStage<RunOutcome> stage(String run, AwaitedOutcome outcome) {
    CompletionStage<RunOutcome> stage = outcome.stage();
    waiting.computeIfPresent(
        run,
        (id, awaited) -> {
          if (awaited.get() == outcome) {
            awaited.held = outcome;
          }
          return awaited;
        });
    return stage;
  }

  /** Tells whether somebody waits for a run. */
  public boolean isAwaited(String run) {
    Awaited awaited = waiting.get(run);
    return awaited != null && awaited.get() != null;
  }

  /**
   * Returns some of the runs that somebody waits for, at most so many; each has its turn when it is
   * asked for again and again.
   */
  public synchronized List<String> next(int most) {
    List<String> next = new ArrayList<>();
    add(next, waiting.tailMap(lookedTo, false), most);
    if (next.size() < most) {
      add(next, waiting.headMap(lookedTo, true), most);
    }
    lookedTo = next.size() < most ? "" : next.get(next.size() - 1);
    return next;
  }

  private void add(List<String> next, NavigableMap<String, Awaited> some, int most) {
    for (Map.Entry<String, Awaited> one : some.entrySet()) {
      if (next.size() == most) {
        return;
      }
      if (one.getValue().get() == null) {
        waiting.remove(one.getKey(), one.getValue());
      } else {
        next.add(one.getKey());
      }
    }
  }

  /** Completes the outcome of a run for those who wait; never blocks. */
  public void complete(RunOutcome outcome) {
    AwaitedOutcome awaited = take(outcome.run().value());
    if (awaited != null) {
      awaited.complete(outcome);
      tell(outcome.run().value(), awaited);
    }
  }

  public void fail(String run, SynchronikException why) {
    AwaitedOutcome awaited = take(run);
    if (awaited != null) {
      awaited.completeExceptionally(why);
      tell(run, awaited);
    }
  }

  private @Nullable AwaitedOutcome take(String run) {
    Awaited awaited = waiting.remove(run);
    return awaited == null ? null : awaited.get();
  }

  private void tell(String run, AwaitedOutcome awaited) {
    String what = "What follows the outcome of run " + run;
    awaited.tell(following -> strands.execute(what, () -> code.tell(what, following)));
  }

  /** A run that somebody waits for exists. */
  void seen(String run) {
    Awaited awaited = waiting.get(run);
    if (awaited != null) {
      awaited.seen = true;
    }
  }

  /** Returns those of some runs that somebody waits for and that were seen to exist. */
  List<String> seen(List<String> runs) {
    return runs.stream()
        .filter(
            run -> {
              Awaited awaited = waiting.get(run);
              return awaited != null && awaited.seen;
            })
        .toList();
  }

  public void stop(@Nullable String message) {
    EngineStoppedException stopped = new EngineStoppedException(String.valueOf(message));
    List.copyOf(waiting.keySet()).forEach(run -> fail(run, stopped));
  }
}
