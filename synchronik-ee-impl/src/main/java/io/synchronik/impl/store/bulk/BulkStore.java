package io.synchronik.impl.store.bulk;

import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.jdbc.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_bulk}: what is done to many. */
public final class BulkStore {
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_FAILURE = 2000;

  /**
   * What is done to many.
   *
   * @param id its id
   * @param order what was asked for
   * @param standing how far it has come
   * @param cancelBy who wants it to end, null for nobody
   * @param endedAt null while it goes on
   */
  public record Bulk(
      String id,
      Order order,
      Standing standing,
      @Nullable String cancelBy,
      @Nullable Instant endedAt) {}

  /**
   * What was asked for.
   *
   * @param action what is done
   * @param target to what
   * @param filter to which, as JSON
   * @param of whose items
   * @param by who asked, null for code
   * @param reason why, null when it was not said
   * @param at when
   * @param expected how many were meant then
   */
  public record Order(
      String action,
      String target,
      String filter,
      Whose of,
      @Nullable String by,
      @Nullable String reason,
      Instant at,
      long expected) {}

  /**
   * Whose items are meant; nobody's where it is not about items.
   *
   * @param run only those of this run, null for all
   * @param unit only those of runs of this unit, null for all
   */
  public record Whose(@Nullable String run, @Nullable String unit) {}

  /**
   * How far it has come.
   *
   * @param state {@code running} or how it has ended
   * @param counts to how many it was done, and so on
   * @param lastRound whether nothing is left but what is aside
   * @param after what is left of the round is behind this key
   * @param failure the latest, null for none
   */
  public record Standing(
      String state, Counts counts, boolean lastRound, String after, @Nullable String failure) {
    /** Nothing is done yet. */
    public static final Standing BEGINNING =
        new Standing("running", new Counts(0, 0, 0, 0), false, "", null);
  }

  /**
   * What has come of those that had their turn.
   *
   * @param done to how many it was done
   * @param skipped how many had changed
   * @param failed how many it could not be done to
   * @param held how many are aside
   */
  public record Counts(long done, long skipped, long failed, long held) {}

  private static final String SELECT =
      """
      select id, action, target, filter, asked_by, reason, asked_at, expected, state, done, skipped,
        failed, held, last_round, after_key, failure, cancel_by, ended_at, run, unit
      from sk_bulk where app = ?
      """;

  /** Records what is to be done. */
  public void insert(Session session, String id, Order order) {
    session.update(
        """
        insert into sk_bulk (app, id, action, target, filter, run, unit, asked_by, reason, asked_at, state,
          expected, done, skipped, failed, held, last_round, after_key, taken_until)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, 0, 0, 0, 0, false, '', ?)
        """,
        session.app(),
        id,
        order.action,
        order.target,
        order.filter,
        order.of.run,
        order.of.unit,
        cut(order.by, Texts.WHO),
        cut(order.reason, LONGEST_REASON),
        order.at,
        order.expected,
        order.at);
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null ? null : Texts.told(text, most);
  }

  public Optional<Bulk> find(Session session, String id) {
    return session.first(SELECT + " and id = ?", BulkStore::read, session.app(), id);
  }

  /**
   * Which to list.
   *
   * @param before only those before this one, null for all
   * @param limit how many at most
   * @param running only those that go on
   */
  public record Listed(@Nullable String before, int limit, boolean running) {}

  /** Lists some, newest first. */
  public List<Bulk> list(Session session, Listed listed) {
    String some = SELECT + (listed.running ? " and taken_until is not null" : "");
    return listed.before == null
        ? session.list(
            some + " order by id desc limit ?", BulkStore::read, session.app(), listed.limit)
        : session.list(
            some + " and id < ? order by id desc limit ?",
            BulkStore::read,
            session.app(),
            listed.before,
            listed.limit);
  }

  /** Returns those that nobody carries out. */
  public List<String> idle(Session session, Instant now) {
    return session.list(
        "select id from sk_bulk where app = ? and taken_until <= ? order by taken_until",
        row -> row.text(1),
        session.app(),
        now);
  }

  /** Locks one; empty when it has ended, or somebody is at it. */
  public Optional<Bulk> lock(Session session, String id) {
    return session.first(
        SELECT + " and id = ? and taken_until is not null for update skip locked",
        BulkStore::read,
        session.app(),
        id);
  }

  private static Bulk read(Session.Row row) throws SQLException {
    return new Bulk(
        row.text(1),
        new Order(
            row.text(2),
            row.text(3),
            row.text(4),
            new Whose(row.textOrNull(19), row.textOrNull(20)),
            row.textOrNull(5),
            row.textOrNull(6),
            row.at(7),
            row.big(8)),
        new Standing(
            row.text(9),
            new Counts(row.big(10), row.big(11), row.big(12), row.big(13)),
            row.flag(14),
            row.text(15),
            row.textOrNull(16)),
        row.textOrNull(17),
        row.atOrNull(18));
  }

  /** Writes how far a locked one has come. */
  public void advance(Session session, String id, Standing standing, Instant takenUntil) {
    write(session, id, standing, takenUntil, null);
  }

  /** Ends a locked one. */
  public void end(Session session, String id, Standing standing, Instant now) {
    write(session, id, standing, null, now);
  }

  private static void write(
      Session session,
      String id,
      Standing standing,
      @Nullable Instant takenUntil,
      @Nullable Instant endedAt) {
    session.update(
        """
        update sk_bulk set state = ?, done = ?, skipped = ?, failed = ?, held = ?, last_round = ?,
          after_key = ?, failure = ?, taken_until = ?, ended_at = ?
        where app = ? and id = ?
        """,
        standing.state,
        standing.counts.done,
        standing.counts.skipped,
        standing.counts.failed,
        standing.counts.held,
        standing.lastRound,
        standing.after,
        cut(standing.failure, LONGEST_FAILURE),
        takenUntil,
        endedAt,
        session.app(),
        id);
  }

  /** Asks for the end of one that goes on and that nobody has asked this of. */
  public boolean askToEnd(Session session, String id, String by) {
    return session.update(
            """
            update sk_bulk set cancel_by = ?
            where app = ? and id = ? and taken_until is not null and cancel_by is null
            """,
            by,
            session.app(),
            id)
        == 1;
  }

  /** Removes some of those that ended before a time; returns how many, at most so. */
  public int removeBefore(Session session, Instant time, int limit) {
    List<String> old =
        session.list(
            "select id from sk_bulk where app = ? and ended_at < ? order by ended_at limit ?",
            row -> row.text(1),
            session.app(),
            time,
            limit);
    return old.isEmpty()
        ? 0
        : session.update("delete from sk_bulk where app = ? and id = any(?)", session.app(), old);
  }
}
