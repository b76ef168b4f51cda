package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code sk_item_retry}: commands to try failed items of a set again, from their commit until the
 * last of the items is ready, and until whoever waits for that knows how many it were. What nobody
 * fetches goes with the set.
 */
public final class ItemRetryStore {
  /**
   * A command.
   *
   * @param id its id
   * @param set whose items
   * @param kind which of its failed items
   * @param after what is left has higher numbers
   * @param done how many were put back
   * @param askedAt only items are meant that had failed by then
   * @param awaited whether somebody waits for its end
   */
  public record Command(
      String id,
      long set,
      FailedItems.Kind kind,
      long after,
      long done,
      Instant askedAt,
      boolean awaited) {
    /** Returns what it means of the items behind a number. */
    public FailedItems.Failed items(long behind) {
      return new FailedItems.Failed(set, kind, behind, askedAt);
    }
  }

  /**
   * How far a command has come.
   *
   * @param done how many items were put back
   * @param ended whether these are all
   */
  public record Standing(long done, boolean ended) {}

  /** Records a command. */
  public void insert(Session session, Command command, Instant takenUntil) {
    session.update(
        """
        insert into sk_item_retry (app, id, item_set, failure, failure_group, after_n, done, asked_at,
          taken_until, awaited)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        session.app(),
        command.id,
        command.set,
        // Nodes that know no groups look for a text, and find none
        command.kind.group() == null ? command.kind.text() : command.kind.group(),
        command.kind.group(),
        command.after,
        command.done,
        command.askedAt,
        takenUntil,
        command.awaited);
  }

  /** Returns commands that nobody carries out. */
  public List<String> idle(Session session, Instant now) {
    return session.list(
        """
        select id from sk_item_retry where app = ? and taken_until <= ? and ended_at is null
        order by id
        """,
        row -> row.text(1),
        session.app(),
        now);
  }

  /** Tells whether there are commands about a set that have not ended. */
  public boolean exists(Session session, long set) {
    return session
        .first(
            "select 1 from sk_item_retry where app = ? and item_set = ? and ended_at is null"
                + " limit 1",
            row -> row.number(1),
            session.app(),
            set)
        .isPresent();
  }

  /** Tells whether items of a run may be tried again with those of others, by what goes on. */
  public boolean isAmongMany(Session session, String run, String unit) {
    return session
        .first(
            """
            select 1 from sk_bulk where app = ? and taken_until is not null and target = 'items'
              and action = 'retry' and (run is null or run = ?) and (unit is null or unit = ?)
            limit 1
            """,
            row -> row.number(1),
            session.app(),
            run,
            unit)
        .isPresent();
  }

  /** Locks a command; empty when it has ended, or somebody is at it. */
  public Optional<Command> lock(Session session, String id) {
    return session.first(
        """
        select id, item_set, failure, failure_group, after_n, done, asked_at, awaited
        from sk_item_retry
        where app = ? and id = ? and ended_at is null
        for update skip locked
        """,
        ItemRetryStore::read,
        session.app(),
        id);
  }

  private static Command read(Session.Row row) throws SQLException {
    String group = row.textOrNull(4);
    return new Command(
        row.text(1),
        row.big(2),
        new FailedItems.Kind(group == null ? row.textOrNull(3) : null, group),
        row.big(5),
        row.big(6),
        row.at(7),
        row.flag(8));
  }

  /** Returns how far a command has come; empty when there is nothing to be known of it any more. */
  public Optional<Standing> find(Session session, String id) {
    return session.first(
        "select done, ended_at from sk_item_retry where app = ? and id = ?",
        row -> new Standing(row.big(1), row.atOrNull(2) != null),
        session.app(),
        id);
  }

  /** Writes how far a locked command has come. */
  public void advance(Session session, String id, long after, long done, Instant takenUntil) {
    session.update(
        """
        update sk_item_retry set after_n = ?, done = ?, taken_until = ? where app = ? and id = ?
        """,
        after,
        done,
        takenUntil,
        session.app(),
        id);
  }

  /** A locked command has ended; whoever waits for that {@linkplain #remove removes} it. */
  public void end(Session session, Command command, Instant now) {
    if (command.awaited) {
      session.update(
          "update sk_item_retry set ended_at = ? where app = ? and id = ?",
          now,
          session.app(),
          command.id);
    } else {
      remove(session, command.id);
    }
  }

  /** Nobody needs to know more of a command that has ended. */
  public void remove(Session session, String id) {
    session.update("delete from sk_item_retry where app = ? and id = ?", session.app(), id);
  }
}
