package io.synchronik.impl.engine;

import io.synchronik.run.EngineStoppedException;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.SynchronikException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who waits on this node for which run. */
final class Outcomes {
  private final Map<String, CompletableFuture<RunOutcome>> waiting = new ConcurrentHashMap<>();

  CompletableFuture<RunOutcome> of(String run) {
    return waiting.computeIfAbsent(run, id -> new CompletableFuture<>());
  }

  /** Runs that somebody waits for. */
  List<String> runs() {
    return List.copyOf(waiting.keySet());
  }

  void complete(RunOutcome outcome) {
    CompletableFuture<RunOutcome> future = waiting.remove(outcome.run().value());
    if (future != null) {
      future.complete(outcome);
    }
  }

  void fail(String run, SynchronikException why) {
    CompletableFuture<RunOutcome> future = waiting.remove(run);
    if (future != null) {
      future.completeExceptionally(why);
    }
  }

  void stop(@Nullable String message) {
    EngineStoppedException stopped = new EngineStoppedException(String.valueOf(message));
    runs().forEach(run -> fail(run, stopped));
  }
}
