package io.synchronik.it.scenarios;

import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Workers of a process that tell when they begin and end, in the order in which they do. */
final class Steps {
  /**
   * What happened.
   *
   * @param worker the worker
   * @param what happened: begun or ended
   * @param at monotonic time
   */
  record Mark(String worker, String what, long at) {}

  final Probe<Mark> marks = new Probe<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /** Returns work that returns its worker's id. */
  Work<String> step() {
    return run -> mark(run, () -> run.unit().value());
  }

  /** Returns work that waits for a held one. */
  Work<String> step(Held held) {
    return run ->
        mark(
            run,
            () -> {
              held.run(run);
              return run.unit().value();
            });
  }

  /** Returns work with a result of its own. */
  <T> Work<T> step(T result) {
    return run -> mark(run, () -> result);
  }

  /** Returns work that fails. */
  Work<String> failing() {
    return run ->
        mark(
            run,
            () -> {
              throw new IllegalStateException("no luck in " + run.unit());
            });
  }

  private interface Body<T> {
    T get() throws Exception;
  }

  private <T> T mark(RunContext run, Body<T> body) throws Exception {
    String worker = run.unit().value();
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    marks.accept(new Mark(worker, "begun", System.nanoTime()));
    try {
      return body.get();
    } finally {
      running.decrementAndGet();
      marks.accept(new Mark(worker, "ended", System.nanoTime()));
    }
  }

  /** Returns all that happened, as "worker what". */
  List<String> order() {
    return marks.seen().stream().map(mark -> mark.worker + " " + mark.what).toList();
  }

  /** Returns when something happened for the first time. */
  long at(String worker, String what) {
    return marks.seen().stream()
        .filter(mark -> mark.worker.equals(worker) && mark.what.equals(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError(worker + " has not " + what + ": " + order()))
        .at;
  }

  /** Returns how many ran at once. */
  int most() {
    return most.get();
  }

  void awaitBegun(String worker) {
    marks.awaitCount(
        1, mark -> mark.worker.equals(worker) && mark.what.equals("begun"), Probe.PATIENCE);
  }
}
