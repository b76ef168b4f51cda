package io.synchronik.process;

import io.synchronik.event.RunHooks;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitStarted;
import java.util.function.Consumer;

/** Collects what is told of a process's runs. */
final class ProcessHooks {
  private Consumer<UnitStarted> start = event -> {};
  private Consumer<UnitCompleted> complete = event -> {};
  private Consumer<UnitFailed> error = event -> {};

  void onStart(Consumer<UnitStarted> hook) {
    start = start.andThen(hook);
  }

  void onComplete(Consumer<UnitCompleted> hook) {
    complete = complete.andThen(hook);
  }

  void onError(Consumer<UnitFailed> hook) {
    error = error.andThen(hook);
  }

  RunHooks build() {
    return new All(start, complete, error);
  }

  private record All(
      Consumer<UnitStarted> start, Consumer<UnitCompleted> complete, Consumer<UnitFailed> error)
      implements RunHooks {
    @Override
    public void onStart(UnitStarted event) {
      start.accept(event);
    }

    @Override
    public void onComplete(UnitCompleted event) {
      complete.accept(event);
    }

    @Override
    public void onError(UnitFailed event) {
      error.accept(event);
    }
  }
}
