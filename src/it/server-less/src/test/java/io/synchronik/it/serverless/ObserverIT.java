package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.event.OfUnit;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitEvent;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Beans that observe, and hooks. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ObserverIT extends SharedNode {
  private static final TypeLiteral<Probe<Seen>> SEEN = new TypeLiteral<>() {};

  /** What an observer was told, and how it found the world. */
  record Seen(String by, SynchronikEvent event, int transaction, String thread) {}

  @ApplicationScoped
  static class Observers {
    @Inject Probe<Seen> probe;
    @Inject TransactionManager transactions;

    void all(@Observes SynchronikEvent event) throws Exception {
      tell("all", event);
    }

    void units(@Observes UnitEvent event) throws Exception {
      tell("units", event);
    }

    void completed(@Observes UnitCompleted event) throws Exception {
      tell("completed", event);
    }

    void ofUnit(@Observes @OfUnit("watched") UnitStarted event) throws Exception {
      tell("of watched", event);
    }

    void anyOfUnit(@Observes @OfUnit("watched") SynchronikEvent event) throws Exception {
      tell("any of watched", event);
    }

    void milestone(@Observes @MilestoneId("watched milestone") Milestone event) throws Exception {
      tell("milestone", event);
    }

    void asynchronous(@ObservesAsync @OfUnit("watched") UnitCompleted event) throws Exception {
      tell("async", event);
    }

    private void tell(String by, SynchronikEvent event) throws Exception {
      probe.accept(new Seen(by, event, transactions.getStatus(), Thread.currentThread().getName()));
    }
  }

  @ApplicationScoped
  static class BadObservers {
    void first(@Observes @Priority(1) @OfUnit("observed-badly") UnitCompleted event) {
      throw new IllegalStateException("a bad observer");
    }

    void asynchronous(@ObservesAsync @OfUnit("observed-badly") UnitCompleted event) {
      throw new IllegalStateException("a bad asynchronous observer");
    }
  }

  @ApplicationScoped
  static class PatientObserver {
    @Inject Probe<Seen> probe;
    @Inject SynchronikManager manager;

    void second(@Observes @Priority(2) @OfUnit("observed-badly") UnitCompleted event) {
      probe.accept(new Seen("after the bad one", event, 0, ""));
    }

    /** What is announced has been committed. */
    void committed(@Observes @OfUnit("committed") UnitCompleted event) {
      RunState state = manager.getRunById(event.run().orElseThrow().value()).orElseThrow().state();
      probe.accept(new Seen("state " + state, event, 0, ""));
    }
  }

  @Worker(id = "hooked", maxRetries = 1)
  static class Hooked implements Work<String> {
    @Inject Probe<Seen> probe;
    @Inject TransactionManager transactions;

    @Override
    public String run(RunContext run) {
      if ("fail".equals(run.payload(String.class))) {
        throw new IllegalStateException("as told");
      }
      return "done";
    }

    @Override
    public void onStart(UnitStarted event) {
      tell("onStart", event);
      throw new IllegalStateException("a bad hook");
    }

    @Override
    public void onComplete(UnitCompleted event) {
      tell("onComplete", event);
    }

    @Override
    public void onError(UnitFailed event) {
      tell("onError", event);
    }

    private void tell(String by, SynchronikEvent event) {
      try {
        probe.accept(new Seen(by, event, transactions.getStatus(), ""));
      } catch (SystemException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Probe<Seen> seen;

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    seen = new Probe<>();
    return builder
        .beans(Observers.class, BadObservers.class, PatientObserver.class, Hooked.class)
        .instance(SEEN, seen);
  }

  @Override
  void prepare() {
    register("watched", run -> "done");
    register("unwatched", run -> "done");
    register("observed-badly", run -> "done");
    register("committed", run -> "done");
  }

  @Test
  void observersGetWhatTheyAskFor() {
    RunHandle watched = manager.runWorkerById("watched");
    RunHandle unwatched = manager.runWorkerById("unwatched");

    awaitSeen("async", watched);
    // An outcome is told behind the events of the run
    watched.join(Probe.PATIENCE);
    unwatched.join(Probe.PATIENCE);
    assertThat(count("all", watched)).isEqualTo(6);
    assertThat(count("units", watched)).isEqualTo(4);
    assertThat(count("completed", watched)).isEqualTo(1);
    assertThat(count("of watched", watched)).isEqualTo(1);
    assertThat(count("any of watched", watched)).isEqualTo(6);
    assertThat(count("async", watched)).isEqualTo(1);
    assertThat(count("of watched", unwatched)).isZero();
    assertThat(count("any of watched", unwatched)).isZero();
    assertThat(count("async", unwatched)).isZero();
  }

  @Test
  void milestoneObserverGetsItsMilestone() {
    manager.emitMilestone("another milestone", 1);
    manager.emitMilestone("watched milestone", 2);

    Seen told = seen.awaitNext(one -> one.by.equals("milestone"));

    assertThat(((Milestone) told.event).milestoneId()).isEqualTo("watched milestone");
    assertThat(((Milestone) told.event).payload(Integer.class)).isEqualTo(2);
  }

  @Test
  void observersAreOutsideTransactionsOnThreadsOfTheEngine() {
    RunHandle run = manager.runWorkerById("watched");
    awaitSeen("async", run);
    awaitSeen("completed", run);

    assertThat(seen.seen(one -> one.event.run().equals(Optional.of(run.id()))))
        .isNotEmpty()
        .allSatisfy(
            one -> {
              assertThat(one.transaction).isEqualTo(Status.STATUS_NO_TRANSACTION);
              assertThat(one.thread).startsWith("synchronik-");
            });
  }

  @Test
  void whatIsAnnouncedIsCommitted() {
    RunHandle run = manager.runWorkerById("committed");

    awaitSeen("state COMPLETED", run);
  }

  @Test
  void observerThatThrowsStopsNobody() {
    RunHandle run = manager.runWorkerById("observed-badly");

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    awaitSeen("after the bad one", run);
    awaitSeen("completed", run);
    assertThat(allEventsOf(run)).isNotEmpty();
    RunHandle next = manager.runWorkerById("observed-badly");
    awaitSeen("after the bad one", next);
  }

  @Test
  void hooksAreCalledOnceAndChangeNothing() {
    RunHandle good = manager.runWorkerById("hooked");
    awaitSeen("onComplete", good);
    assertThat(good.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    RunHandle bad = manager.runWorkerById("hooked", "fail");
    awaitSeen("onError", bad);
    assertThat(count("onStart", good)).isEqualTo(1);
    assertThat(count("onComplete", good)).isEqualTo(1);
    assertThat(count("onError", good)).isZero();
    assertThat(count("onStart", bad)).isEqualTo(1);
    assertThat(count("onComplete", bad)).isZero();
    assertThat(count("onError", bad)).isEqualTo(1);
    assertThat(seen.seen(one -> one.by.startsWith("on")))
        .allMatch(one -> one.transaction == Status.STATUS_NO_TRANSACTION);
    UnitFailed failed = (UnitFailed) seen.seen(one -> one.by.equals("onError")).get(0).event;
    assertThat(failed.attempts()).isEqualTo(2);
    assertThat(failed.failure().exception()).get().isInstanceOf(IllegalStateException.class);
  }

  private void awaitSeen(String by, RunHandle run) {
    seen.awaitCount(1, one -> isAbout(by, run, one), Probe.PATIENCE);
  }

  private long count(String by, RunHandle run) {
    allEventsOf(run);
    return seen.seen(one -> isAbout(by, run, one)).size();
  }

  private static boolean isAbout(String by, RunHandle run, Seen one) {
    return one.by.equals(by) && one.event.run().equals(Optional.of(run.id()));
  }
}
