package io.synchronik.impl.why;

import io.synchronik.impl.item.claim.ItemClaims;
import io.synchronik.impl.lifecycle.RateWindow;
import io.synchronik.impl.store.item.ItemMutexes;
import io.synchronik.impl.store.item.ItemStanding;
import io.synchronik.impl.store.node.NodeKnowledge;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.monitor.Why;
import io.synchronik.run.ItemId;
import io.synchronik.worker.RateLimit;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the engine asks of an item: its time, its worker's limits, its mutex, a node. */
final class ItemAnswers {
  private final Core core;
  private final UnitAnswers units;
  private final ItemStanding items = new ItemStanding();

  ItemAnswers(Core core, UnitAnswers units) {
    this.core = core;
    this.units = units;
  }

  /** Returns false when there is none. */
  boolean add(Tx tx, Answers answers, ItemId id) {
    ItemStanding.Standing item = items.find(tx.session(), id).orElse(null);
    if (item == null) {
      return false;
    }
    switch (item.state()) {
      case "waiting", "ready" -> waiting(tx, answers, item);
      case "started" -> started(tx, answers, item);
      default -> ended(answers, item);
    }
    return true;
  }

  private void waiting(Tx tx, Answers answers, ItemStanding.Standing item) {
    String run = item.set().run();
    answers.await(Reason.RUN_OPEN, item.set().active(), Map.of(), new Why.Link("run", run));
    Instant due = item.dueAt();
    if (due != null) {
      answers.await(Reason.ITEM_DUE, !due.isAfter(tx.now()), Map.of("due", due.toString()), null);
    }
    if (item.set().manual()) {
      answers.add(Reason.STARTED_BY, false, Map.of());
      return;
    }
    List<NodeKnowledge.Able> able = units.nodes(tx, answers, item.set().unit());
    limits(tx, answers, item.set().unit());
    String mutex = item.mutex();
    if (mutex != null) {
      boolean free = items.permits(tx.session(), ItemMutexes.permit(mutex)) == 0;
      answers.await(Reason.MUTEX_FREE, free, Map.of("mutex", mutex), null);
    }
    units.threads(answers, able);
  }

  private void limits(Tx tx, Answers answers, String unit) {
    RegisteredWorker worker = core.registry().worker(unit);
    if (worker == null) {
      return;
    }
    ItemClaims.Limits limits =
        ItemClaims.Limits.of(
            unit, core.registry().config(worker).limits(), core.settings().work()::queue);
    limits
        .permits()
        .forEach(
            (name, size) -> {
              int used = items.permits(tx.session(), name);
              answers.await(
                  Reason.PERMIT_FREE,
                  used < size,
                  Map.of("name", name, "size", "" + size, "used", "" + used),
                  null);
            });
    RateLimit rate = limits.rate();
    if (rate != null) {
      RateWindow window = RateWindow.of(rate, items.rate(tx.session(), unit).orElse(""), tx.now());
      Instant next = window.nextFree();
      answers.await(
          Reason.RATE_LEFT,
          window.free() > 0,
          Map.of("due", next == null ? "" : next.toString()),
          null);
    }
  }

  private void started(Tx tx, Answers answers, ItemStanding.Standing item) {
    String holder = item.holder();
    String by = String.valueOf(item.by());
    answers.met(
        Reason.CLAIMED,
        Map.of("node", by, "attempt", Integer.toString(item.attempt())),
        item.times().startedAt());
    if (holder != null) {
      answers.add(
          Reason.LEASE_VALID,
          units.isLive(tx, holder),
          Map.of("node", by),
          null,
          new Why.Link("node", holder));
    }
    answers.await(Reason.WORK_ENDED, false, Map.of(), null);
  }

  private static void ended(Answers answers, ItemStanding.Standing item) {
    String type = item.failureType();
    String message = item.failureMessage();
    boolean failed = "failed".equals(item.state()) && type != null;
    answers.add(
        Reason.ENDED,
        "completed".equals(item.state()),
        Map.of(
            "state",
            item.state(),
            "reason",
            failed ? ": " + type + (message == null ? "" : ": " + message) : ""),
        item.times().endedAt(),
        null);
  }
}
