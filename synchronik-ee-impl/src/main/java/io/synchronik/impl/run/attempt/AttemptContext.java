package io.synchronik.impl.run.attempt;

import io.synchronik.impl.output.AttemptOutput;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.task.AttemptThreads;
import io.synchronik.run.Cause;
import io.synchronik.run.Progress;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import io.synchronik.worker.RunContext;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the worker sees of its attempt. */
final class AttemptContext implements RunContext, AttemptThreads {
  private final Attempt attempt;
  private final AttemptContexts uses;

  AttemptContext(Attempt attempt, AttemptContexts uses) {
    this.attempt = attempt;
    this.uses = uses;
  }

  @Override
  public RunId run() {
    return new RunId(attempt.owned().id());
  }

  @Override
  public UnitId unit() {
    return attempt.worker().id();
  }

  @Override
  public int attempt() {
    return attempt.owned().attempt();
  }

  @Override
  public Cause cause() {
    return attempt.owned().context().cause();
  }

  @Override
  public Optional<Instant> scheduledAt() {
    return Optional.ofNullable(attempt.owned().context().origin().scheduledAt());
  }

  @Override
  public Optional<Instant> lastCompleted() {
    return Optional.ofNullable(attempt.owned().context().lastCompletedAt());
  }

  @Override
  public <T> @Nullable T payload(Class<T> type) {
    return uses.json().read(attempt.owned().context().payload(), type);
  }

  @Override
  public Optional<RunId> process() {
    return Optional.ofNullable(part()).map(part -> new RunId(part.run()));
  }

  @Override
  public <T> @Nullable T result(String worker, Class<T> type) {
    RunStore.Part part = part();
    return part == null ? null : uses.json().read(uses.result(part.run(), worker), type);
  }

  private RunStore.@Nullable Part part() {
    return attempt.owned().context().origin().part();
  }

  @Override
  public boolean cancelled() {
    return attempt.stopped().isPresent();
  }

  @Override
  public void progress(Progress progress) {
    attempt.progress(progress);
  }

  @Override
  public void milestone(String id, @Nullable Object payload) {
    uses.milestones().emit(id, payload, attempt.owned().unit(), attempt.owned().id());
  }

  @Override
  public void log(String text) {
    AttemptOutput output = attempt.output();
    if (output != null) {
      output.say(String.valueOf(text));
    }
  }

  @Override
  public Optional<RunId> attemptOf() {
    return Optional.of(run());
  }

  @Override
  public Executor executor() {
    return uses.subTasks();
  }

  @Override
  public <T extends @Nullable Object> T call(Callable<T> subTask) throws Throwable {
    return uses.code().through(subTask);
  }
}
