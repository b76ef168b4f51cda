package io.synchronik.impl.bulk;

import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkActions;
import io.synchronik.bulk.BulkCountException;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkQuery;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.bulk.BulkView;
import io.synchronik.bulk.UnknownBulkException;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.audit.Asking;
import io.synchronik.impl.audit.Asking.Asker;
import io.synchronik.impl.item.ItemBites;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.run.RunBites;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.bulk.BulkStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.Units;
import io.synchronik.monitor.AuditEntry;
import io.synchronik.run.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The public bulk actions on an engine. */
public final class EngineBulk implements BulkActions {
  private static final int LONGEST_QUOTE = 100;

  /** By one of so many the count may differ from what was expected. */
  private static final long TWENTIETH = 20;

  /** Of however few the count may differ by so many. */
  private static final long SOME = 10;

  private final Core core;
  private final Platform platform;
  private final Kinds kinds;
  private final BulkRecords records;
  private final BulkBites bites;
  private final Consumer<String> signal;
  private final BulkStore store = new BulkStore();

  /**
   * What the same can be done to.
   *
   * @param runs many runs
   * @param items many items
   * @param units what is set of units
   */
  public record Targets(RunBites runs, ItemBites items, Units units) {}

  /**
   * Creates them.
   *
   * @param signal told after commits of the action that is to be carried out, or to end
   */
  public EngineBulk(
      Core core,
      Json json,
      Platform platform,
      Milestones milestones,
      Targets targets,
      Consumer<String> signal) {
    this.core = core;
    this.platform = platform;
    this.kinds = new Kinds(targets.runs, targets.items, targets.units);
    this.records = new BulkRecords(json);
    this.bites = new BulkBites(records, kinds, milestones);
    this.signal = signal;
  }

  BulkBites bites() {
    return bites;
  }

  @Override
  public long count(BulkAction action, BulkFilter filter) {
    BulkRequest request = BulkRequest.of(action, filter);
    return core.transactions()
        .joined(tx -> kinds.count(tx, wanted(tx, request, new Asker(null, null, null))));
  }

  private static Wanted wanted(Tx tx, BulkRequest request, Asker asker) {
    return new Wanted(request.action(), request.filter(), asker.name(), asker.reason(), tx.now());
  }

  @Override
  public BulkView start(BulkRequest request) {
    Asker asker = asker(request.reason());
    return Asking.inTheNameOf(
        asker, () -> core.transactions().joined(tx -> start(tx, request, asker)));
  }

  /** Who asks, for the reason that he gives here or has given before. */
  private Asker asker(@Nullable String given) {
    Asker known = Asking.present().asker();
    String name = known == null ? platform.principal() : known.name();
    String before = known == null ? null : known.reason();
    String reason = given == null || given.isBlank() ? before : given;
    return new Asker(
        name == null ? null : Texts.told(name, Texts.WHO),
        known == null ? null : known.address(),
        reason == null ? null : Texts.told(reason, AuditEntry.LONGEST_REASON));
  }

  private BulkView start(Tx tx, BulkRequest request, Asker asker) {
    Wanted wanted = wanted(tx, request, asker);
    long count = kinds.count(tx, wanted);
    Long expected = request.expected();
    if (expected != null && Math.abs(count - expected) > Math.max(SOME, expected / TWENTIETH)) {
      throw new BulkCountException(Message.BULK_COUNT.with(count, expected), expected, count);
    }
    String id = core.journal().nextId();
    BulkStore.Order order = records.order(wanted, count);
    store.insert(tx.session(), id, order);
    tx.did(Act.of(Action.BULK, Act.Kind.BULK, id).to(records.begun(order)));
    tx.afterCommit(() -> signal.accept(id));
    return records.view(new BulkStore.Bulk(id, order, BulkStore.Standing.BEGINNING, null, null));
  }

  @Override
  public Optional<BulkView> find(String id) {
    return core.transactions().joined(tx -> store.find(tx.session(), id)).map(records::view);
  }

  @Override
  public Page<BulkView> list(BulkQuery query) {
    BulkStore.Listed listed =
        new BulkStore.Listed(query.before(), query.limit() + 1, query.running());
    List<BulkStore.Bulk> found = core.transactions().joined(tx -> store.list(tx.session(), listed));
    boolean more = found.size() > query.limit();
    List<BulkView> some = found.stream().limit(query.limit()).map(records::view).toList();
    return new Page<>(some, more ? some.get(some.size() - 1).id() : null);
  }

  @Override
  public boolean cancel(String id) {
    String by = platform.caller().name();
    return core.transactions()
        .joined(
            tx -> {
              boolean asked = store.askToEnd(tx.session(), id, by);
              if (asked) {
                tx.did(Act.of(Action.CANCEL, Act.Kind.BULK, id));
                tx.afterCommit(() -> signal.accept(id));
              } else if (store.find(tx.session(), id).isEmpty()) {
                throw new UnknownBulkException(
                    Message.UNKNOWN_BULK.with(Texts.told(id, LONGEST_QUOTE)));
              }
              return asked;
            });
  }
}
