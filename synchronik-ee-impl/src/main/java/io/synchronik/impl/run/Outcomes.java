package io.synchronik.impl.run;

import io.synchronik.run.EngineStoppedException;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.SynchronikException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who waits on this node for which run. */
public final class Outcomes {
  private final Map<String, CompletableFuture<RunOutcome>> waiting = new ConcurrentHashMap<>();

  /** Runs that may not exist: the commit that asks for them failed. */
  private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

  CompletableFuture<RunOutcome> of(String run) {
    return waiting.computeIfAbsent(run, id -> new CompletableFuture<>());
  }

  /** Runs that somebody waits for. */
  public List<String> runs() {
    return List.copyOf(waiting.keySet());
  }

  public void complete(RunOutcome outcome) {
    CompletableFuture<RunOutcome> future = waiting.remove(outcome.run().value());
    if (future != null) {
      future.complete(outcome);
    }
  }

  public void fail(String run, SynchronikException why) {
    CompletableFuture<RunOutcome> future = waiting.remove(run);
    if (future != null) {
      future.completeExceptionally(why);
    }
  }

  public void doubt(String run) {
    doubtful.add(run);
  }

  List<String> doubtful() {
    return List.copyOf(doubtful);
  }

  /** A doubtful run exists, or does not. */
  void settle(String run, boolean exists) {
    doubtful.remove(run);
    if (!exists) {
      fail(run, Runs.unknown(run));
    }
  }

  public void stop(@Nullable String message) {
    EngineStoppedException stopped = new EngineStoppedException(String.valueOf(message));
    runs().forEach(run -> fail(run, stopped));
  }
}
