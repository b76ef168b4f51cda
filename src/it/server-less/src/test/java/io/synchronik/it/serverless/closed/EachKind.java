package io.synchronik.it.serverless.closed;

import io.synchronik.SynchronikManager;
import io.synchronik.event.Subscription;
import io.synchronik.it.testkit.JtaPool;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemNotice;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.pool.WorkerPool;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;
import java.util.List;

/** Lets something of each kind happen. */
final class EachKind {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SynchronikManager manager;
  private final Seen seen;
  private final JtaPool pool;

  EachKind(SynchronikManager manager, Seen seen, JtaPool pool) {
    this.manager = manager;
    this.seen = seen;
    this.pool = pool;
  }

  void work() throws Exception {
    Subscription subscription = manager.subscribeToEvents(event -> seen.add("subscribed"));
    manager.followJournal(0, entry -> seen.add("followed"));
    runs();
    items();
    process();
    pool();
    manager.emitMilestone("own", new Declared.Ticket("own", List.of()));
    manager.runLoopOnce();
    manager.runWatcherScan();
    subscription.close();
    restart();
    seen.await(
        "tick",
        "sub-task",
        "retried",
        "retry delay",
        "timeout",
        "process hook",
        "observed tick",
        "observed later tick",
        "subscribed",
        "followed",
        "after booking");
  }

  private void runs() throws Exception {
    Declared.Ticket ticket = new Declared.Ticket("ticket", List.of(1, 2));
    RunHandle booking = pool.inTransaction(() -> manager.runWorkerById("booking", ticket));
    booking.outcome().thenAccept(outcome -> seen.add("after " + booking.unit()));
    booking.join(PATIENCE).result().as(Declared.Ticket.class);
    for (String unit : List.of("split", "flaky", "endless", "flow")) {
      manager.runWorkerById(unit, null).join(PATIENCE);
    }
    manager.registerUnit(WorkerDefinition.of("by-call", run -> "called"));
    manager.runWorkerById("by-call", null).join(PATIENCE);
    manager.releaseUnit("by-call");
  }

  private void items() throws InterruptedException {
    manager.registerUnit(ItemSource.worker("seats", Declared.Ticket.class, new Seats()));
    manager.runWorkerById("seats", null).join(PATIENCE);
    seen.await("item", "policy", "item hook");
  }

  private final class Seats implements ItemWork<Declared.Ticket, String> {
    @Override
    public void enumerate(Items<Declared.Ticket> items, RunContext run) {
      for (int i = 0; i < 10; i++) {
        items.add("seat " + i, new Declared.Ticket("seat", List.of(i)));
      }
    }

    @Override
    public String process(Declared.Ticket ticket, ItemContext item) {
      seen.add("item");
      return ticket.name();
    }

    @Override
    public ItemPolicy policy() {
      return standing -> {
        seen.add("policy");
        return ItemDecision.CONTINUE;
      };
    }

    @Override
    public void onItemCompleted(ItemNotice item) {
      seen.add("item hook");
    }
  }

  private void process() throws InterruptedException {
    manager.registerUnit(
        Process.named("branches")
            .worker("split")
            .worker("booking-of-method")
            .after("split", (Integer count) -> isSeen(count))
            .build());
    manager.runWorkerById("branches", null).join(PATIENCE);
    seen.await("condition");
  }

  private boolean isSeen(int count) {
    seen.add("condition");
    return count == 3;
  }

  private void pool() throws InterruptedException {
    WorkerPool tasks = manager.useWorkerPool("tasks", 2);
    tasks.addTask("by id", "booking-of-method", null);
    tasks.addTask("in memory", run -> told("task"));
    seen.await("task");
  }

  private String told(String what) {
    seen.add(what);
    return what;
  }

  private void restart() {
    manager.stop();
    manager.start();
    manager.runWorkerById("split", null).join(PATIENCE);
  }
}
