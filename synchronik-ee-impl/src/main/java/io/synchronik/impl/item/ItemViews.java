package io.synchronik.impl.item;

import io.synchronik.impl.run.RunViews;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemRows;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.monitor.FailureStore;
import io.synchronik.impl.store.run.RunRows;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemView;
import io.synchronik.run.FailureKind;
import io.synchronik.run.ItemId;
import io.synchronik.run.Page;
import io.synchronik.run.RunView;
import io.synchronik.run.WrongStateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What callers see of work items. */
final class ItemViews {
  private final Core core;
  private final RunRows runs;
  private final ItemSets sets = new ItemSets();
  private final ItemRows rows;
  private final FailureStore failures = new FailureStore();

  ItemViews(Core core, Json json) {
    this.core = core;
    this.runs = new RunRows(json::payload);
    this.rows = new ItemRows(json::payload);
  }

  Optional<ItemRunView> findRun(String runId) {
    return core.transactions()
        .joined(
            tx ->
                sets.ofRun(tx.session(), runId)
                    .flatMap(set -> runs.find(tx.session(), runId).map(run -> view(tx, set, run))));
  }

  private static ItemRunView view(Tx tx, ItemSets.Found set, RunView run) {
    ItemStatistics statistics = ItemCounts.sum(tx.session(), set.id());
    return new ItemRunView(
        run.id(),
        run.unit(),
        run.state(),
        set.open(),
        statistics,
        pace(tx, run, statistics),
        set.repeated());
  }

  private static ItemRunView.Pace pace(Tx tx, RunView run, ItemStatistics statistics) {
    Instant from = run.times().startedAt();
    Instant ended = run.times().endedAt();
    if (from == null) {
      return new ItemRunView.Pace(0, Duration.ZERO, null);
    }
    Instant now = ended == null ? tx.now() : ended;
    long millis = Math.max(0, Duration.between(from, now).toMillis());
    double perSecond = millis == 0 ? 0 : 1000.0 * statistics.ended() / millis;
    long left = statistics.initialized() + statistics.started();
    Instant end =
        ended != null
            ? ended
            : perSecond == 0 ? null : now.plusMillis(Math.round(1000 * left / perSecond));
    return new ItemRunView.Pace(perSecond, Duration.ofMillis(millis), end);
  }

  Optional<ItemView> find(ItemId id) {
    return core.transactions().joined(tx -> rows.find(tx.session(), id));
  }

  Page<ItemView> list(String runId, ItemQuery query) {
    return core.transactions()
        .joined(
            tx ->
                set(tx, runId)
                    .map(set -> rows.list(tx.session(), set.id(), query))
                    .orElseGet(() -> new Page<>(List.of(), null)));
  }

  List<FailureKind> failures(String runId) {
    return core.transactions()
        .joined(
            tx ->
                set(tx, runId)
                    .map(set -> failures.ofItems(tx.session(), set.id()))
                    .orElseGet(List::of));
  }

  /** Returns the set of a run; empty for a run with items that has not begun. */
  Optional<ItemSets.Found> set(Tx tx, String runId) {
    Optional<ItemSets.Found> set = sets.ofRun(tx.session(), runId);
    if (set.isEmpty() && shape(run(tx, runId).unit().value()) == null) {
      throw new WrongStateException(Message.NO_ITEMS.with(runId));
    }
    return set;
  }

  RunView run(Tx tx, String runId) {
    return runs.find(tx.session(), runId).orElseThrow(() -> RunViews.unknown(runId));
  }

  /** Returns what the items of a run are like; empty when it has none, or is not known. */
  Optional<ItemShape> shapeOf(Tx tx, String runId) {
    return runs.unit(tx.session(), runId).map(this::shape);
  }

  @Nullable ItemShape shape(String unit) {
    RegisteredWorker worker = core.registry().worker(unit);
    return worker == null ? null : worker.target().items();
  }
}
