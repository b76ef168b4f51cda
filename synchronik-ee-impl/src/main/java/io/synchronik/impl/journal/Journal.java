package io.synchronik.impl.journal;

import com.github.f4b6a3.ulid.UlidFactory;
import io.synchronik.event.EventOrigin;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.event.EventCodec;
import io.synchronik.impl.lifecycle.RunTally;
import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.store.event.EventStore;
import io.synchronik.impl.store.jpa.EventKey;
import io.synchronik.impl.store.node.LockStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tell.Announcer;
import io.synchronik.impl.tell.UntoldRows;
import io.synchronik.impl.tx.Ledger;
import io.synchronik.impl.tx.Tx;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a transaction into the journal and hands them to the announcer when it has
 * committed. The events of a transaction are a batch; its id is a ULID on database time: in the
 * order of creation on a node, so that one id per node, in its lease, says which are announced.
 */
public final class Journal implements Ledger {
  private final EventStore store = new EventStore();
  private final LockStore locks = new LockStore();
  private final EventCodec codec;
  private final Supplier<RunStore.Claimer> node;
  private final Announcer announcer;
  private final UntoldRows untold;
  private final UlidFactory ids;
  private final MarkedUnits marked = new MarkedUnits();

  public Journal(
      EventCodec codec, DatabaseClock clock, Supplier<RunStore.Claimer> node, Announcer announcer) {
    this.codec = codec;
    this.node = node;
    this.announcer = announcer;
    this.untold = new UntoldRows(announcer);
    this.ids = UlidFactory.newMonotonicInstance(new SecureRandom(), clock::millis);
  }

  /** Returns a new id, larger than all before on this node. */
  public synchronized String nextId() {
    return ids.create().toString();
  }

  /** Returns the incarnation under which events are written. */
  public String incarnation() {
    return node.get().incarnation();
  }

  /** Adds an event to a transaction. */
  public void add(
      Tx tx,
      @Nullable String unit,
      @Nullable String run,
      Function<EventOrigin, SynchronikEvent> event) {
    add(tx, unit, run, null, event);
  }

  /**
   * Adds an event to a transaction.
   *
   * @param measured of a start how late it is, when a schedule began the run; of a failure how long
   *     the run took
   */
  public void add(
      Tx tx,
      @Nullable String unit,
      @Nullable String run,
      @Nullable Duration measured,
      Function<EventOrigin, SynchronikEvent> event) {
    tx.measures().add(measured);
    String batch = tx.batch(() -> announcer.begin(this::nextId));
    tx.events()
        .add(
            event.apply(
                new EventOrigin(
                    EventKey.id(batch, tx.events().size()),
                    tx.now(),
                    node.get().node(),
                    unit == null ? null : new UnitId(unit),
                    run == null ? null : new RunId(run))));
  }

  @Override
  public void write(Tx tx) {
    if (tx.events().isEmpty()) {
      return;
    }
    RunTally tally = new RunTally();
    for (int i = 0; i < tx.events().size(); i++) {
      tally.add(tx.events().get(i), tx.measures().get(i));
    }
    EventStore.Batch batch =
        new EventStore.Batch(
            batch(tx.events()), tx.now(), node.get(), tx.events().size(), tally.text());
    store.insert(tx.session(), batch, written(batch.id(), tx.events()));
    tx.mark(session -> store.insert(session, batch, List.of()));
  }

  @Override
  public void mark(Tx tx) {
    String mark = nextId();
    Instant at = tx.now();
    locks.insertMark(tx.session(), mark, at);
    tx.mark(session -> locks.insertMark(session, mark, at));
  }

  private List<EventStore.New> written(String batch, List<SynchronikEvent> events) {
    boolean[] marks = marked.marks(batch, units(events));
    List<EventStore.New> written = new ArrayList<>();
    for (int i = 0; i < marks.length; i++) {
      written.add(new EventStore.New(codec.write(events.get(i)), marks[i]));
    }
    return written;
  }

  private static List<String> units(List<SynchronikEvent> events) {
    return events.stream().map(Journal::unit).toList();
  }

  private static String unit(SynchronikEvent event) {
    UnitId unit = event.origin().unit();
    return unit == null ? "" : unit.value();
  }

  /** Hands the events of a committed transaction to the announcer; forgets those of another. */
  @Override
  public void ended(Tx tx, Tx.End end) {
    List<SynchronikEvent> events = List.copyOf(tx.events());
    if (events.isEmpty()) {
      return;
    }
    if (end == Tx.End.COMMITTED) {
      marked.committed(batch(events), units(events));
      announcer.committed(batch(events), events);
    } else {
      announcer.dropped(batch(events));
    }
  }

  private static String batch(List<SynchronikEvent> events) {
    return EventKey.batch(events.get(0).eventId());
  }

  /** Returns what keeps how far this node has told its events. */
  public UntoldRows untold() {
    return untold;
  }
}
