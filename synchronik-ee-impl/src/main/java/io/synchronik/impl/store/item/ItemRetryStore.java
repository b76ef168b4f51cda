package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_item_retry}: commands to try failed items of a set again, from their commit until the
 * last of the items is ready.
 */
public final class ItemRetryStore {
  /**
   * A command.
   *
   * @param id its id
   * @param set whose items
   * @param failure only those whose failure contains this text; null for all
   * @param after what is left has higher numbers
   * @param done how many were put back
   * @param askedAt only items are meant that had failed by then
   */
  public record Command(
      String id, long set, @Nullable String failure, long after, long done, Instant askedAt) {}

  /** Records a command. */
  public void insert(Session session, Command command, Instant takenUntil) {
    session.update(
        """
        insert into sk_item_retry (app, id, item_set, failure, after_n, done, asked_at, taken_until)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        session.app(),
        command.id,
        command.set,
        command.failure,
        command.after,
        command.done,
        command.askedAt,
        takenUntil);
  }

  /** Returns commands that nobody carries out. */
  public List<String> idle(Session session, Instant now) {
    return session.list(
        "select id from sk_item_retry where app = ? and taken_until <= ? order by id",
        row -> row.text(1),
        session.app(),
        now);
  }

  /** Tells whether there are commands about a set. */
  public boolean exists(Session session, long set) {
    return session
        .first(
            "select 1 from sk_item_retry where app = ? and item_set = ? limit 1",
            row -> row.number(1),
            session.app(),
            set)
        .isPresent();
  }

  /** Locks a command; empty when it is done, or somebody is at it. */
  public Optional<Command> lock(Session session, String id) {
    return session.first(
        """
        select id, item_set, failure, after_n, done, asked_at from sk_item_retry
        where app = ? and id = ?
        for update skip locked
        """,
        row ->
            new Command(
                row.text(1), row.big(2), row.textOrNull(3), row.big(4), row.big(5), row.at(6)),
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

  /** A locked command is done. */
  public void remove(Session session, String id) {
    session.update("delete from sk_item_retry where app = ? and id = ?", session.app(), id);
  }
}
