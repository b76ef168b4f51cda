package io.synchronik.it.serverless.closed;

import io.synchronik.event.RunHooks;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitEvent;
import io.synchronik.process.WorkerProcess;
import io.synchronik.process.WorkerProcess.Step;
import io.synchronik.task.SubTasks;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** What the code declares. */
final class Declared {
  static final List<Class<?>> TYPES =
      List.of(
          Declared.class,
          Tick.class,
          Booking.class,
          Split.class,
          Flaky.class,
          Endless.class,
          Flow.class,
          Methods.class,
          Witness.class);

  private Declared() {}

  /** A payload. */
  public record Ticket(String name, List<Integer> seats) {}

  @Worker(id = "tick", every = "20ms")
  static class Tick implements Action {
    @Inject Seen seen;

    @Override
    public void run(RunContext run) {
      seen.add("tick");
    }
  }

  @Worker(id = "booking")
  @Transactional
  static class Booking implements Work<Ticket> {
    @Inject Seen seen;

    @Override
    public Ticket run(RunContext run) {
      Ticket ticket = Objects.requireNonNull(run.payload(Ticket.class));
      run.milestone("booked", ticket);
      seen.add("booking " + ticket.name());
      return ticket;
    }
  }

  @Worker(id = "split")
  static class Split implements Work<Integer> {
    @Inject Seen seen;

    @Override
    public Integer run(RunContext run) {
      return SubTasks.of(List.of(1, 2, 3))
          .concurrency(2)
          .run(
              part -> {
                seen.add("sub-task");
                return part;
              })
          .successful()
          .size();
    }
  }

  /** Fails once. */
  @Worker(id = "flaky", maxRetries = 2, retryDelay = "1ms")
  static class Flaky implements Action {
    @Inject Seen seen;

    @Override
    public void run(RunContext run) {
      if (run.attempt() == 1) {
        throw new IllegalStateException("once");
      }
      seen.add("retried");
    }

    @Override
    public Duration retryDelay(int attempt, Duration configured) {
      seen.add("retry delay");
      return configured;
    }
  }

  @Worker(id = "endless", timeout = "50ms")
  static class Endless implements Action {
    @Inject Seen seen;

    @Override
    public void run(RunContext run) throws InterruptedException {
      try {
        new CountDownLatch(1).await();
      } finally {
        seen.add("timeout");
      }
    }
  }

  @WorkerProcess(
      id = "flow",
      steps = {@Step(id = "booking-of-method"), @Step(id = "split")})
  static class Flow implements RunHooks {
    @Inject Seen seen;

    @Override
    public void onComplete(UnitCompleted event) {
      seen.add("process hook");
    }
  }

  @ApplicationScoped
  static class Methods {
    @Worker(id = "booking-of-method")
    String work() {
      return "worked";
    }
  }

  @ApplicationScoped
  static class Witness {
    @Inject Seen seen;

    void synchronous(@Observes UnitEvent event) {
      seen.add("observed " + event.unit());
    }

    void asynchronous(@ObservesAsync UnitEvent event) {
      seen.add("observed later " + event.unit());
    }
  }
}
