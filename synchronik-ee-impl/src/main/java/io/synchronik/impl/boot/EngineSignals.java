package io.synchronik.impl.boot;

import io.synchronik.impl.item.RunningItems;
import io.synchronik.impl.run.OutcomeTelling;
import io.synchronik.impl.run.Runs;
import io.synchronik.run.RunOutcome;
import io.synchronik.unit.UnitId;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the running engine, when there is one, what callers have committed; otherwise the next
 * start finds what is to do.
 */
final class EngineSignals implements Runs.Signals {
  private final OutcomeTelling telling;
  private final Supplier<@Nullable RunningEngine> running;

  EngineSignals(OutcomeTelling telling, Supplier<@Nullable RunningEngine> running) {
    this.telling = telling;
    this.running = running;
  }

  private void tell(Consumer<RunningEngine> signal) {
    RunningEngine present = running.get();
    if (present != null) {
      signal.accept(present);
    }
  }

  @Nullable RunningItems items() {
    RunningEngine present = running.get();
    return present == null ? null : present.parts().items;
  }

  /** A pool has new tasks, or another size. */
  void poolChanged(String pool) {
    tell(present -> present.parts().pools.offer(pool));
  }

  /** A bulk action is to be carried out, or to end. */
  void bulk(String id) {
    tell(present -> present.parts().bulk.offer(id));
  }

  /** There is an order for a node, which may be this one. */
  void ordered(String incarnation) {
    tell(present -> present.ordered(incarnation));
  }

  @Override
  public void submitted() {
    tell(present -> present.parts().intake.submitted());
  }

  @Override
  public void cancelAsked(String run, String by) {
    tell(present -> present.cancelAsked(run, by));
  }

  @Override
  public void ended(RunOutcome outcome, UnitId unit) {
    telling.ended(unit, outcome.run(), () -> outcome);
    tell(
        present -> {
          present.parts().intake.ended(unit.value());
          present.parts().pools.look();
        });
  }

  @Override
  public void moved(String processRun) {
    tell(present -> present.parts().decisions.offer(processRun));
  }

  @Override
  public void rearmed(String unit) {
    tell(present -> present.parts().intake.changed(unit));
  }

  @Override
  public void rolledBack(String run) {
    telling.rolledBack(run);
  }
}
