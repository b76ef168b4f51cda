package io.synchronik.impl.item;

import io.synchronik.event.ItemChanged;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.item.add.ItemAdditions;
import io.synchronik.impl.item.add.ItemSignals;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.item.FailedItems;
import io.synchronik.impl.store.item.ItemControl;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemCounts.Counter;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.tx.Failures;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.item.ItemNotice;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemView;
import io.synchronik.item.NewItem;
import io.synchronik.item.UnknownItemException;
import io.synchronik.item.WorkItems;
import io.synchronik.run.Failure;
import io.synchronik.run.FailureKind;
import io.synchronik.run.ItemId;
import io.synchronik.run.Page;
import io.synchronik.run.RunId;
import io.synchronik.run.RunView;
import io.synchronik.run.WrongStateException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Work items as callers see and change them. Locks sets, together with others, then items. */
public final class ItemDesk implements WorkItems {
  private final Core core;
  private final Json json;
  private final ItemAdditions additions;
  private final ItemSlots slots;
  private final ItemSignals signals;
  private final Platform.Caller caller;
  private final ItemSets sets = new ItemSets();
  private final ItemControl items = new ItemControl();
  private final ItemViews views;
  private final ItemRetries retries;

  public ItemDesk(
      Core core,
      Json json,
      ItemAdditions additions,
      ItemSlots slots,
      ItemSignals signals,
      Platform.Caller caller) {
    this.core = core;
    this.json = json;
    this.additions = additions;
    this.slots = slots;
    this.signals = signals;
    this.caller = caller;
    this.views = new ItemViews(core, json);
    this.retries = new ItemRetries(core, slots, signals);
  }

  @Override
  public List<ItemId> add(String runId, Collection<? extends NewItem<?>> added) {
    List<NewItem<?>> given = core.code().onItsThread(() -> new ArrayList<>(added));
    List<ItemAdditions.Written> written = given.stream().map(additions::written).toList();
    checkTypes(runId, written);
    return core.transactions()
        .joined(
            tx -> {
              ItemSets.Found set = sets.share(tx.session(), setForAdding(tx, runId)).orElseThrow();
              tx.did(Act.daily(Action.ADD_ITEMS, Act.Kind.RUN, runId).to(written.size()));
              return additions.add(tx, set, 0, written, ItemAdditions.Source.OUTSIDE).ids();
            });
  }

  /** The set of a run that has not begun is made here. */
  private long setForAdding(Tx tx, String runId) {
    Optional<ItemSets.Found> present = sets.ofRun(tx.session(), runId);
    if (present.isEmpty()) {
      RunView run = views.run(tx, runId);
      ItemShape shape = views.shape(run.unit().value());
      if (shape == null) {
        throw new WrongStateException(Message.NO_ITEMS.with(runId));
      }
      if (run.state().isFinal()) {
        throw new WrongStateException(Message.ITEMS_CLOSED.with(runId));
      }
      sets.createIfMissing(tx.session(), runId, run.unit().value(), shape.manual());
      present = sets.ofRun(tx.session(), runId);
    }
    return present.orElseThrow().id();
  }

  /**
   * What the worker could not read is refused here rather than in each attempt; before anything is
   * held, as reading calls the application's code.
   */
  private void checkTypes(String runId, List<ItemAdditions.Written> written) {
    ItemShape shape = core.transactions().joined(tx -> views.shapeOf(tx, runId)).orElse(null);
    if (shape != null) {
      written.forEach(item -> json.read(item.payload(), shape.payload()));
    }
  }

  @Override
  public void close(String runId) {
    core.transactions()
        .joined(
            tx -> {
              long set = setForAdding(tx, runId);
              sets.shut(tx.session(), set);
              tx.did(Act.daily(Action.CLOSE_ITEMS, Act.Kind.RUN, runId));
              tx.afterCommit(() -> signals.moved(set));
              return null;
            });
  }

  @Override
  public Optional<ItemRunView> findRun(String runId) {
    return views.findRun(runId);
  }

  @Override
  public Optional<ItemView> find(ItemId id) {
    return views.find(id);
  }

  @Override
  public Page<ItemView> list(String runId, ItemQuery query) {
    return views.list(runId, query);
  }

  @Override
  public List<FailureKind> failures(String runId) {
    return views.failures(runId);
  }

  /** An item that is held, and what it belongs to. */
  private record Held(Tx tx, ItemSets.Found set, ItemControl.Held item) {}

  private void change(ItemId id, Act act, BiConsumer<Held, ItemCounts> change) {
    core.transactions()
        .joined(
            tx -> {
              ItemSets.Found set =
                  sets.share(tx.session(), id.set()).orElseThrow(() -> unknown(id));
              ItemControl.Held item = items.lock(tx.session(), id).orElseThrow(() -> unknown(id));
              ItemCounts counts = new ItemCounts();
              change.accept(new Held(tx, set, item), counts);
              counts.write(tx.session(), slots.of(tx));
              tx.did(act);
              tx.afterCommit(() -> signals.moved(id.set()));
              return null;
            });
  }

  private static UnknownItemException unknown(ItemId id) {
    return new UnknownItemException(Message.UNKNOWN_ITEM.with(id));
  }

  private static void require(Held held, ItemState state, String wanted) {
    if (held.item.publicState() != state) {
      throw wrongState(held, wanted);
    }
  }

  private static WrongStateException wrongState(Held held, String wanted) {
    String state = held.item.publicState().name().toLowerCase(Locale.ROOT);
    return new WrongStateException(Message.ITEM_STATE.with(held.item.id(), state, wanted));
  }

  private static void requireManual(Held held) {
    if (!held.set.entry().manual()) {
      throw new WrongStateException(Message.NOT_MANUAL.with(held.item.id()));
    }
    requireLive(held);
  }

  private static void requireLive(Held held) {
    if (held.set.ended()) {
      throw new WrongStateException(Message.ITEM_RUN_ENDED.with(held.item.id()));
    }
  }

  @Override
  public void start(ItemId id) {
    change(
        id,
        Act.daily(Action.START, Act.Kind.ITEM, id.toString()),
        (held, counts) -> {
          requireManual(held);
          require(held, ItemState.INITIALIZED, "started");
          items.start(held.tx.session(), id, caller.name(), held.tx.now());
          counts.move(id.set(), Counter.INITIALIZED, Counter.STARTED, 1);
        });
  }

  @Override
  public void complete(ItemId id, @Nullable Object result) {
    String text = json.write("The result of item " + id, result);
    change(
        id,
        Act.daily(Action.COMPLETE, Act.Kind.ITEM, id.toString()),
        (held, counts) -> {
          requireManual(held);
          require(held, ItemState.STARTED, "completed");
          items.complete(held.tx.session(), id, text, held.tx.now());
          counts.move(id.set(), Counter.STARTED, Counter.COMPLETED, 1);
        });
  }

  @Override
  public void fail(ItemId id, String reason) {
    Failure failure = Failures.told("ItemFailed", reason);
    change(
        id,
        Act.daily(Action.FAIL, Act.Kind.ITEM, id.toString()),
        (held, counts) -> {
          requireManual(held);
          require(held, ItemState.STARTED, "failed");
          items.end(held.tx.session(), id, "failed", failure, held.tx.now());
          counts.move(id.set(), Counter.STARTED, Counter.FAILED, 1);
          announce(held, ItemChanged.Change.FAILED, failure);
        });
  }

  @Override
  public void reset(ItemId id) {
    change(
        id,
        Act.daily(Action.RESET, Act.Kind.ITEM, id.toString()),
        (held, counts) -> {
          requireManual(held);
          require(held, ItemState.STARTED, "reset");
          items.reset(held.tx.session(), id, held.item.attempt() - 1);
          counts.move(id.set(), Counter.STARTED, Counter.INITIALIZED, 1);
          announce(held, ItemChanged.Change.RESET, null);
        });
  }

  @Override
  public void cancel(ItemId id, @Nullable String reason) {
    String by = reason == null ? "cancelled by " + caller.name() : reason;
    change(
        id,
        Act.of(Action.CANCEL, Act.Kind.ITEM, id.toString()),
        (held, counts) -> {
          requireLive(held);
          if (held.item.publicState().isFinal()) {
            throw wrongState(held, "cancelled");
          }
          boolean started = held.item.publicState() == ItemState.STARTED;
          Failure why = Failures.told("Canceled", by);
          items.end(held.tx.session(), id, "canceled", why, held.tx.now());
          counts.move(
              id.set(), started ? Counter.STARTED : Counter.INITIALIZED, Counter.CANCELED, 1);
          announce(held, ItemChanged.Change.CANCELED, why);
          ItemNotice notice =
              new ItemNotice(
                  id, new RunId(held.set.run()), held.item.key(), held.item.attempt(), why);
          held.tx.afterCommit(() -> signals.withdrawn(id, by));
          held.tx.afterCommit(() -> signals.canceled(held.set.unit(), notice));
        });
  }

  @Override
  public void retry(ItemId id) {
    change(
        id,
        Act.of(Action.RETRY, Act.Kind.ITEM, id.toString()),
        (held, counts) -> {
          requireLive(held);
          require(held, ItemState.FAILED, "tried again");
          items.reset(held.tx.session(), id, 0);
          counts.move(id.set(), Counter.FAILED, Counter.INITIALIZED, 1);
          announce(held, ItemChanged.Change.RESET, null);
          held.tx.afterCommit(() -> signals.ready(id.set()));
        });
  }

  @Override
  public int retryFailed(String runId, @Nullable String failure) {
    return retryFailed(runId, new FailedItems.Kind(failure, null));
  }

  @Override
  public int retryGroup(String runId, String group) {
    return retryFailed(runId, new FailedItems.Kind(null, FailureKind.group(group)));
  }

  private int retryFailed(String runId, FailedItems.Kind kind) {
    boolean alone = core.transactions().current() == null;
    ItemRetries.Begun begun = core.transactions().joined(tx -> retryFailed(tx, runId, kind, alone));
    String rest = begun.rest();
    long all = alone && rest != null ? retries.carryOut(rest, runId) : begun.items();
    return (int) Math.min(Integer.MAX_VALUE, all);
  }

  private ItemRetries.Begun retryFailed(Tx tx, String runId, FailedItems.Kind kind, boolean alone) {
    Optional<ItemSets.Found> present =
        views.set(tx, runId).flatMap(found -> sets.share(tx.session(), found.id()));
    if (present.isEmpty()) {
      return new ItemRetries.Begun(0, null);
    }
    if (present.get().ended()) {
      throw new WrongStateException(Message.ITEMS_OVER.with(runId));
    }
    ItemRetries.Begun begun = retries.begin(tx, present.get(), kind, alone);
    tx.did(Act.of(Action.RETRY_ITEMS, Act.Kind.RUN, runId).from(kind.told()).to(begun.items()));
    return begun;
  }

  private void announce(Held held, ItemChanged.Change change, @Nullable Failure failure) {
    core.journal()
        .add(
            held.tx,
            held.set.unit(),
            held.set.run(),
            origin ->
                new ItemChanged(origin, held.item.id(), change, held.item.attempt(), failure));
  }
}
