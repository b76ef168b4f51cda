package io.synchronik.impl.store.event;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.UlidRange;
import io.synchronik.impl.store.jpa.EventKey;
import io.synchronik.impl.store.run.RunStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_event} and {@code sk_event_batch}: the journal. Events are written once and never
 * touched again; all of a transaction get their positions by one change of their batch's row.
 */
public final class EventStore {
  /**
   * An event as stored.
   *
   * @param id its id, see {@link EventKey}
   * @param at database time of the statement
   * @param type as {@link io.synchronik.event.EventType} names it, in lower case
   * @param unit the unit it is about
   * @param run the run it is about
   * @param data what else there is, as JSON
   */
  public record Stored(
      String id,
      Instant at,
      String type,
      @Nullable String unit,
      @Nullable String run,
      String data) {}

  /**
   * The events of one transaction.
   *
   * @param id a ULID
   * @param at database time of the transaction
   * @param node who commits it
   * @param events how many
   * @param tally what they tell of runs
   */
  public record Batch(String id, Instant at, RunStore.Claimer node, int events, String tally) {}

  /**
   * An event with its place.
   *
   * @param position in the journal; 0 when it has none yet
   * @param node name of the node that committed it
   * @param event the event
   */
  public record Placed(long position, String node, Stored event) {}

  /**
   * What was numbered at once.
   *
   * @param events how many
   * @param all whether nothing was left
   */
  public record Numbered(long events, boolean all) {}

  private static final int MOST_NUMBERED = 2000;

  /** So long after its beginning a transaction may commit before it is late. */
  private static final Duration LATENESS = Duration.ofSeconds(10);

  private static final Bulk INSERT =
      Bulk.of(
          """
          insert into sk_event (app, batch, n, at, type, unit, run, data, marks)
          values (:app, :batch, :n, :at, :type, :unit, :run, :data, :marks)
          """,
          "app text",
          "batch text",
          "n integer",
          "at timestamptz",
          "type text",
          "unit text",
          "run text",
          "data text",
          "marks boolean");

  private static final Bulk PLACE =
      Bulk.of(
          """
          update sk_event_batch t set position = :position, late = :late
          where t.app = :app and t.id = :id
          """,
          "position bigint",
          "late boolean",
          "app text",
          "id text");

  static final String COLUMNS =
      """
      select coalesce(b.position - b.events + 1 + e.n, 0), b.node, e.batch, e.n, e.at, e.type, e.unit,
        e.run, e.data
      """;

  /**
   * An event to write.
   *
   * @param event with an id of the batch
   * @param marks whether it is the first of its unit that its node writes in this moment, as far as
   *     that is known
   */
  public record New(Stored event, boolean marks) {}

  /** Writes the events of one transaction. */
  public void insert(Session session, Batch batch, List<New> events) {
    session.update(
        """
        insert into sk_event_batch (app, id, at, node, incarnation, events, tally)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        session.app(),
        batch.id,
        batch.at,
        batch.node.node(),
        batch.node.incarnation(),
        batch.events,
        batch.tally);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (New written : events) {
      Stored event = written.event;
      rows.add(
          new @Nullable Object[] {
            session.app(),
            batch.id,
            EventKey.n(event.id),
            event.at,
            event.type,
            event.unit,
            event.run,
            event.data,
            written.marks
          });
    }
    session.bulk(INSERT, rows);
  }

  private record NewBatch(String id, int events) {}

  /**
   * Gives committed events that have none their positions, behind the last one, under the lock row
   * that the caller holds.
   */
  public Numbered number(Session session, long last) {
    List<NewBatch> batches =
        session.list(
            """
            select id, events from sk_event_batch where app = ? and position is null
            order by id limit ?
            """,
            row -> new NewBatch(row.text(1), row.number(2)),
            session.app(),
            MOST_NUMBERED);
    long position = last;
    String late = batches.isEmpty() ? "" : UlidRange.before(latest(session), LATENESS);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (NewBatch batch : batches) {
      position += batch.events;
      boolean isLate = batch.id.compareTo(late) < 0;
      rows.add(new @Nullable Object[] {position, isLate, session.app(), batch.id});
    }
    session.bulk(PLACE, rows);
    return new Numbered(position - last, batches.size() < MOST_NUMBERED);
  }

  private static String latest(Session session) {
    return session
        .first(
            """
            select id from sk_event_batch where app = ? and position is not null
            order by id desc limit 1
            """,
            row -> row.text(1),
            session.app())
        .orElse("");
  }

  private static final String BEHIND =
      " and b.position > ? and b.position - b.events + 1 + e.n > ? and (? or e.type = any(?))";

  private static final String UP_TO = " and b.position <= ?";

  /**
   * What is asked of the journal of one unit.
   *
   * @param last up to this position: all that one statement finds the one before could have found
   */
  private record Asked(long position, long last, String unit, Collection<String> types, int limit) {
    List<?> values() {
      return List.of(position, position, types.isEmpty(), types, last);
    }
  }

  /** Reads the journal behind a position, in order. */
  public List<Placed> after(
      Session session, long position, @Nullable String unit, Collection<String> types, int limit) {
    if (unit != null) {
      return ofUnitAfter(session, new Asked(position, last(session), unit, types, limit));
    }
    return session.list(
        COLUMNS
            + " from sk_event_batch b join sk_event e on e.app = b.app and e.batch = b.id"
            + " where b.app = ? "
            + BEHIND
            + " order by b.position, e.n limit ?",
        EventStore::read,
        session.app(),
        position,
        position,
        types.isEmpty(),
        types,
        limit);
  }

  /**
   * Reads what one unit has by the order of ids. Positions follow these, but for transactions that
   * lasted: within their lateness all is sorted, and what was later still is marked. So none is
   * passed over, and no more is read than what lies between.
   */
  private static List<Placed> ofUnitAfter(Session session, Asked asked) {
    int limit = asked.limit;
    String from = UlidRange.before(at(session, asked.position), LATENESS);
    List<Placed> found = ofUnit(session, asked, from, UlidRange.END, false);
    if (found.size() == limit) {
      String to = UlidRange.after(EventKey.batch(found.get(limit - 1).event.id), LATENESS);
      found = ofUnit(session, asked, from, to, true);
    }
    Set<String> known = found.stream().map(placed -> placed.event.id).collect(Collectors.toSet());
    lateOfUnit(session, asked).stream()
        .filter(placed -> !known.contains(placed.event.id))
        .forEach(found::add);
    found.sort(Comparator.comparing(Placed::position));
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** Returns the last position. */
  static long last(Session session) {
    return session
        .first(
            """
            select position from sk_event_batch where app = ? and position is not null
            order by position desc limit 1
            """,
            row -> row.big(1),
            session.app())
        .orElse(0L);
  }

  /** Returns the id of the last batch up to a position; empty when there is none. */
  private static String at(Session session, long position) {
    return session
        .first(
            """
            select id from sk_event_batch where app = ? and position <= ? and not late
            order by position desc limit 1
            """,
            row -> row.text(1),
            session.app(),
            position)
        .orElse("");
  }

  private static List<Placed> ofUnit(
      Session session, Asked asked, String from, String to, boolean byPosition) {
    return UnitEvents.read(
        session,
        new UnitEvents.Asked(
            asked.unit, from, to, BEHIND + UP_TO, asked.values(), byPosition, asked.limit));
  }

  private static List<Placed> lateOfUnit(Session session, Asked asked) {
    return session.list(
        COLUMNS
            + " from sk_event_batch b join sk_event e on e.app = b.app and e.batch = b.id"
            + " where b.app = ? and b.late and e.unit = ?"
            + BEHIND
            + UP_TO
            + " order by b.position, e.n limit ?",
        EventStore::read,
        session.app(),
        asked.unit,
        asked.position,
        asked.position,
        asked.types.isEmpty(),
        asked.types,
        asked.last,
        asked.limit);
  }

  private record OldBatch(String id, Instant at) {}

  /**
   * Removes the events of the first numbered batches that are older than a time; returns of how
   * many, at most so. The order of positions is that of times, nearly.
   */
  public int removeBefore(Session session, Instant time, int batches) {
    List<String> old =
        session
            .list(
                """
                select id, at from sk_event_batch where app = ? and position is not null
                order by position limit ?
                """,
                row -> new OldBatch(row.text(1), row.at(2)),
                session.app(),
                batches)
            .stream()
            .filter(batch -> batch.at.isBefore(time))
            .map(OldBatch::id)
            .toList();
    if (!old.isEmpty()) {
      session.update("delete from sk_event where app = ? and batch = any(?)", session.app(), old);
      session.update(
          "delete from sk_event_batch where app = ? and id = any(?)", session.app(), old);
    }
    return old.size();
  }

  static Placed read(Session.Row row) throws SQLException {
    return new Placed(
        row.big(1),
        row.text(2),
        new Stored(
            EventKey.id(row.text(3), row.number(4)),
            row.at(5),
            row.text(6),
            row.textOrNull(7),
            row.textOrNull(8),
            row.text(9)));
  }
}
