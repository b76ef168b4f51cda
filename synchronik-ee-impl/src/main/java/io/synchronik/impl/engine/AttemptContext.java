package io.synchronik.impl.engine;

import io.synchronik.impl.task.AttemptThreads;
import io.synchronik.run.Cause;
import io.synchronik.run.Progress;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import io.synchronik.worker.RunContext;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the worker sees of its attempt. */
final class AttemptContext implements RunContext, AttemptThreads {
  private final Attempt attempt;
  private final Json json;
  private final Milestones milestones;
  private final Executor subTasks;

  AttemptContext(Attempt attempt, Json json, Milestones milestones, Executor subTasks) {
    this.attempt = attempt;
    this.json = json;
    this.milestones = milestones;
    this.subTasks = subTasks;
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
    return Optional.ofNullable(attempt.owned().context().scheduledAt());
  }

  @Override
  public Optional<Instant> lastCompleted() {
    return Optional.ofNullable(attempt.owned().context().lastCompletedAt());
  }

  @Override
  public <T> @Nullable T payload(Class<T> type) {
    return json.read(attempt.owned().context().payload(), type);
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
    milestones.emit(id, payload, attempt.owned());
  }

  @Override
  public Executor executor() {
    return subTasks;
  }
}
