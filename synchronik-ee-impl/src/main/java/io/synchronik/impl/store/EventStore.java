package io.synchronik.impl.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sk_event}: the journal. */
public final class EventStore {
  /**
   * An event as stored.
   *
   * @param id its id, in the order of creation per node
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

  private static final int MOST_NUMBERED = 5000;
  private static final String COLUMNS =
      "select coalesce(position, 0), node, id, at, type, unit, run, data from sk_event ";

  /** Writes events of this node. */
  public void insert(Session session, RunStore.Claimer node, List<Stored> events) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Stored event : events) {
      rows.add(
          new @Nullable Object[] {
            session.app(),
            event.id,
            event.at,
            event.type,
            event.unit,
            event.run,
            node.node(),
            node.incarnation(),
            event.data
          });
    }
    session.batch(
        """
        insert into sk_event (app, id, at, type, unit, run, node, incarnation, data)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        rows);
  }

  /**
   * Gives committed events that have none their positions, behind the last one, under the lock row
   * that the caller holds.
   *
   * @return how many; when it is {@link #MOST_NUMBERED} there may be more
   */
  public int number(Session session, long last) {
    if (session.dialect() == Dialect.POSTGRESQL) {
      return session.update(
          """
          update sk_event e set position = s.position from (
            select id, ? + row_number() over (order by id) as position from (
              select id from sk_event where app = ? and position is null order by id limit ?) n) s
          where e.app = ? and e.id = s.id
          """,
          last,
          session.app(),
          MOST_NUMBERED,
          session.app());
    }
    List<String> ids =
        session.list(
            "select id from sk_event where app = ? and position is null order by id limit ?",
            row -> row.text(1),
            session.app(),
            MOST_NUMBERED);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(new @Nullable Object[] {last + rows.size() + 1, session.app(), id});
    }
    session.batch("update sk_event set position = ? where app = ? and id = ?", rows);
    return ids.size();
  }

  /** Tells whether a batch of {@link #number} may have left some. */
  public static boolean mayHaveMore(int numbered) {
    return numbered == MOST_NUMBERED;
  }

  /** Reads the journal behind a position, in order. */
  public List<Placed> after(
      Session session, long position, @Nullable String unit, Collection<String> types, int limit) {
    return session.list(
        COLUMNS
            + """
            where app = ? and position > ? and (cast(? as varchar) is null or unit = ?)
              and (? or type = any(?))
            order by position limit ?
            """,
        EventStore::read,
        session.app(),
        position,
        unit,
        unit,
        types.isEmpty(),
        types,
        limit);
  }

  /** Returns events of an incarnation behind an id, in the order of their ids. */
  public List<Placed> ofIncarnationAfter(
      Session session, String incarnation, String after, int limit) {
    return session.list(
        COLUMNS + "where app = ? and incarnation = ? and id > ? order by id limit ?",
        EventStore::read,
        session.app(),
        incarnation,
        after,
        limit);
  }

  /** Returns which of some events are in the journal. */
  public List<String> existing(Session session, Collection<String> ids) {
    return session.list(
        "select id from sk_event where app = ? and id = any(?)",
        row -> row.text(1),
        session.app(),
        ids);
  }

  /** Removes numbered events older than a time, at most so many. */
  public int removeBefore(Session session, Instant time, int limit) {
    return session.update(
        """
        delete from sk_event where app = ? and id in (
          select id from sk_event where app = ? and position is not null and at < ?
          order by position limit ?)
        """,
        session.app(),
        session.app(),
        time,
        limit);
  }

  private static Placed read(Session.Row row) throws SQLException {
    return new Placed(
        row.big(1),
        row.text(2),
        new Stored(
            row.text(3),
            row.at(4),
            row.text(5),
            row.textOrNull(6),
            row.textOrNull(7),
            row.text(8)));
  }
}
