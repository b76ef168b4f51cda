package io.synchronik.impl.store.event;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jpa.EventKey;
import io.synchronik.impl.store.run.RunStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  private static final Bulk INSERT =
      Bulk.of(
          """
          insert into sk_event (app, batch, n, at, type, unit, run, data)
          values (:app, :batch, :n, :at, :type, :unit, :run, :data)
          """,
          "app text",
          "batch text",
          "n integer",
          "at timestamptz",
          "type text",
          "unit text",
          "run text",
          "data text");

  private static final Bulk PLACE =
      Bulk.of(
          "update sk_event_batch t set position = :position where t.app = :app and t.id = :id",
          "position bigint",
          "app text",
          "id text");

  private static final String COLUMNS =
      """
      select coalesce(b.position - b.events + 1 + e.n, 0), b.node, e.batch, e.n, e.at, e.type, e.unit,
        e.run, e.data
      """;

  /** Writes the events of one transaction, all with ids of the same batch. */
  public void insert(
      Session session, RunStore.Claimer node, String batch, Instant at, List<Stored> events) {
    session.update(
        """
        insert into sk_event_batch (app, id, at, node, incarnation, events)
        values (?, ?, ?, ?, ?, ?)
        """,
        session.app(),
        batch,
        at,
        node.node(),
        node.incarnation(),
        events.size());
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Stored event : events) {
      rows.add(
          new @Nullable Object[] {
            session.app(),
            batch,
            EventKey.n(event.id),
            event.at,
            event.type,
            event.unit,
            event.run,
            event.data
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
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (NewBatch batch : batches) {
      position += batch.events;
      rows.add(new @Nullable Object[] {position, session.app(), batch.id});
    }
    session.bulk(PLACE, rows);
    return new Numbered(position - last, batches.size() < MOST_NUMBERED);
  }

  /** Reads the journal behind a position, in order. */
  public List<Placed> after(
      Session session, long position, @Nullable String unit, Collection<String> types, int limit) {
    return session.list(
        COLUMNS
            + """
            from sk_event_batch b join sk_event e on e.app = b.app and e.batch = b.id
            where b.app = ? and b.position > ? and b.position - b.events + 1 + e.n > ?
              and (cast(? as varchar) is null or e.unit = ?) and (? or e.type = any(?))
            order by b.position, e.n limit ?
            """,
        EventStore::read,
        session.app(),
        position,
        position,
        unit,
        unit,
        types.isEmpty(),
        types,
        limit);
  }

  /** Returns the events of an incarnation's next batches behind one, in order. */
  public List<Placed> ofIncarnationAfter(
      Session session, String incarnation, String batch, int batches) {
    return session.list(
        COLUMNS
            + """
            from (
              select app, id, node, events, position from sk_event_batch
              where app = ? and incarnation = ? and id > ? order by id limit ?) b
            join sk_event e on e.app = b.app and e.batch = b.id
            order by e.batch, e.n
            """,
        EventStore::read,
        session.app(),
        incarnation,
        batch,
        batches);
  }

  /** Tells whether the events of a transaction are in the journal. */
  public boolean exists(Session session, String batch) {
    return session
        .first(
            "select 1 from sk_event_batch where app = ? and id = ?",
            row -> row.number(1),
            session.app(),
            batch)
        .isPresent();
  }

  /** Removes the events of numbered batches older than a time; returns of how many, at most so. */
  public int removeBefore(Session session, Instant time, int batches) {
    List<String> old =
        session.list(
            """
            select id from sk_event_batch where app = ? and position is not null and at < ?
            order by position limit ?
            """,
            row -> row.text(1),
            session.app(),
            time,
            batches);
    if (!old.isEmpty()) {
      session.update("delete from sk_event where app = ? and batch = any(?)", session.app(), old);
      session.update(
          "delete from sk_event_batch where app = ? and id = any(?)", session.app(), old);
    }
    return old.size();
  }

  private static Placed read(Session.Row row) throws SQLException {
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
