package io.synchronik.impl.run;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunTimeoutException;
import io.synchronik.run.RunView;
import io.synchronik.run.SynchronikException;
import io.synchronik.unit.UnitId;
import jakarta.transaction.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A run as the node that asked for it sees it. */
final class EngineRunHandle implements RunHandle {
  private final Runs runs;
  private final RunId id;
  private final UnitId unit;
  private final @Nullable Transaction submitting;
  private final AwaitedOutcome outcome;

  EngineRunHandle(Runs runs, RunId id, UnitId unit, @Nullable Transaction submitting) {
    this.runs = runs;
    this.id = id;
    this.unit = unit;
    this.submitting = submitting;
    this.outcome = runs.outcomes().of(id.value());
  }

  @Override
  public RunId id() {
    return id;
  }

  @Override
  public UnitId unit() {
    return unit;
  }

  @Override
  public RunState state() {
    Optional<RunView> run = runs.find(id.value());
    if (run.isPresent()) {
      return run.get().state();
    }
    if (submitting != null && !outcome.isDone()) {
      return RunState.SUBMITTED;
    }
    throw RunViews.unknown(id.value());
  }

  @Override
  public CompletionStage<RunOutcome> outcome() {
    return runs.outcomes().stage(id.value(), outcome);
  }

  @Override
  public RunOutcome join(Duration atMost) {
    Transaction current = runs.transactions().current();
    if (submitting != null && submitting.equals(current)) {
      throw new IllegalStateException(Message.JOIN_IN_TRANSACTION.with(id));
    }
    if (!outcome.isDone()) {
      runs.outcomes().refuseVainWait(id);
      runs.refuseVainWait(id, unit);
    }
    try {
      return outcome.get(DurationText.most(atMost).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new RunTimeoutException(
          Message.RUN_TIMEOUT.with(id, DurationText.write(DurationText.most(atMost))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunTimeoutException(Message.RUN_TIMEOUT.with(id, "an interrupt"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SynchronikException failure) {
        throw failure;
      }
      throw new SynchronikException(String.valueOf(e.getMessage()), e.getCause());
    }
  }

  @Override
  public boolean cancel() {
    return runs.cancel(id.value(), null);
  }

  @Override
  public String toString() {
    return "run " + id + " of " + unit;
  }
}
