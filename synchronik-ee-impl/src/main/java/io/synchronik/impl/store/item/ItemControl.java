package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.FailureGroup;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.item.ItemState;
import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_item}: changing items from outside their attempts. */
public final class ItemControl {
  private static final String OPEN = " state in ('waiting', 'ready', 'started') ";

  /**
   * An item that is held.
   *
   * @param id which
   * @param state as stored
   * @param attempt number of the present or last attempt
   * @param key its key, null when it has none
   * @param owner incarnation that works on it, null when none does
   */
  public record Held(
      ItemId id, String state, int attempt, @Nullable String key, @Nullable String owner) {
    /** Returns the state as callers see it. */
    public ItemState publicState() {
      return seen(state);
    }
  }

  static ItemState seen(String stored) {
    return switch (stored) {
      case "waiting", "ready" -> ItemState.INITIALIZED;
      default -> ItemState.valueOf(stored.toUpperCase(Locale.ROOT));
    };
  }

  static final String HELD =
      "select item_set, n, state, attempt, item_key, owner from sk_item where app = ? and ";

  /** Locks an item. */
  public Optional<Held> lock(Session session, ItemId id) {
    return session.first(
        HELD + "item_set = ? and n = ? for update",
        ItemControl::readHeld,
        session.app(),
        id.set(),
        id.number());
  }

  static Held readHeld(Session.Row row) throws SQLException {
    return new Held(
        new ItemId(row.big(1), row.big(2)),
        row.text(3),
        row.number(4),
        row.textOrNull(5),
        row.textOrNull(6));
  }

  /** Starts a locked item in the name of somebody outside. */
  public void start(Session session, ItemId id, String by, Instant now) {
    session.update(
        """
        update sk_item set state = 'started', node = ?, fence = fence + 1, attempt = attempt + 1,
          started_at = ?
        where app = ? and item_set = ? and n = ?
        """,
        by,
        now,
        session.app(),
        id.set(),
        id.number());
  }

  /** Completes a locked item. */
  public void complete(Session session, ItemId id, @Nullable String result, Instant now) {
    session.update(
        """
        update sk_item set state = 'completed', owner = null, result = ?, ended_at = ?
        where app = ? and item_set = ? and n = ?
        """,
        result,
        now,
        session.app(),
        id.set(),
        id.number());
  }

  /**
   * Ends a locked item as failed or canceled.
   *
   * @param failure why, null for none
   */
  public void end(
      Session session, ItemId id, String state, @Nullable Failure failure, Instant now) {
    session.update(
        """
        update sk_item set state = ?, owner = null, due_at = null, ended_at = ?,
          failure_type = coalesce(?, failure_type), failure_message = coalesce(?, failure_message),
          failure_group = coalesce(?, failure_group)
        where app = ? and item_set = ? and n = ?
        """,
        state,
        now,
        failure == null ? null : failure.type(),
        failure == null ? null : failure.message(),
        FailureGroup.of(failure),
        session.app(),
        id.set(),
        id.number());
  }

  /** Makes a locked item ready again, with all its attempts or with the one it had begun. */
  public void reset(Session session, ItemId id, int attempt) {
    session.update(
        """
        update sk_item set state = 'ready', owner = null, due_at = null, ended_at = null,
          attempt = ?, losses = 0, fence = fence + 1
        where app = ? and item_set = ? and n = ?
        """,
        attempt,
        session.app(),
        id.set(),
        id.number());
  }

  static String escape(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** Makes locked items ready again, with all their attempts. */
  public void resetAll(Session session, long set, Collection<Long> numbers) {
    updateEach(
        session,
        """
        update sk_item set state = 'ready', due_at = null, ended_at = null, attempt = 0,
          losses = 0, fence = fence + 1
        where app = ? and item_set = ?
        """,
        numbers,
        session.app(),
        set);
  }

  /** Withdraws locked items that are not final. */
  public void cancelAll(
      Session session, long set, Collection<Long> numbers, Failure why, Instant now) {
    updateEach(
        session,
        """
        update sk_item set state = 'canceled', owner = null, due_at = null, ended_at = ?,
          failure_type = ?, failure_message = ?, failure_group = ?
        where app = ? and item_set = ?
        """,
        numbers,
        now,
        why.type(),
        why.message(),
        FailureGroup.of(why),
        session.app(),
        set);
  }

  /** H2 would look at all items of the set for each of the numbers of an array. */
  private static int updateEach(
      Session session, String update, Collection<Long> numbers, @Nullable Object... values) {
    if (session.dialect() == Dialect.POSTGRESQL) {
      return session.update(update + " and n = any(?)", with(values, numbers));
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    numbers.forEach(number -> rows.add(with(values, number)));
    return Arrays.stream(session.batch(update + " and n = ?", rows)).sum();
  }

  private static @Nullable Object[] with(@Nullable Object[] values, Object last) {
    @Nullable Object[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = last;
    return all;
  }

  /** What becomes of items that somebody else holds. */
  public enum Others {
    /** They are waited for. */
    AWAIT,
    /** They are left out. */
    SKIP
  }

  static String skipping(Others others) {
    return others == Others.SKIP ? " skip locked" : "";
  }

  /** Locks items of a set that are under way. */
  public List<Long> lockStarted(Session session, long set, int limit, Others others) {
    return session.list(
        """
        select n from sk_item where app = ? and item_set = ? and state = 'started'
        order by n limit ? for update
        """
            + skipping(others),
        row -> row.big(1),
        session.app(),
        set,
        limit);
  }

  /** Withdraws locked items that are under way. */
  public void withdrawStarted(Session session, long set, Collection<Long> numbers, Instant now) {
    updateEach(
        session,
        """
        update sk_item set state = 'canceled', owner = null, ended_at = ?
        where app = ? and item_set = ?
        """,
        numbers,
        now,
        session.app(),
        set);
  }

  /**
   * Returns items of a set that nobody works on; locks those that nobody else holds where the
   * database does that fast, or others are to be left out.
   */
  public List<Long> lockIdle(Session session, long set, int limit, Others others) {
    return session.list(
        """
        select n from sk_item where app = ? and item_set = ? and state in ('ready', 'waiting')
        order by n limit ?
        """
            + (isLocking(session, others) ? " for update skip locked" : ""),
        row -> row.big(1),
        session.app(),
        set,
        limit);
  }

  private static boolean isLocking(Session session, Others others) {
    return session.dialect() == Dialect.POSTGRESQL || others == Others.SKIP;
  }

  /** Withdraws what {@link #lockIdle} has found; returns how many. */
  public int withdrawIdle(
      Session session, long set, List<Long> numbers, Others others, Instant now) {
    String withdraw =
        """
        update sk_item set state = 'canceled', due_at = null, ended_at = ?
        where app = ? and item_set = ? and state in ('ready', 'waiting')
        """;
    if (isLocking(session, others)) {
      return updateEach(session, withdraw, numbers, now, session.app(), set);
    }
    // Nothing is locked yet, and a range takes a fraction of the time of as many numbers
    return session.update(
        withdraw + " and n between ? and ?",
        now,
        session.app(),
        set,
        numbers.get(0),
        numbers.get(numbers.size() - 1));
  }

  /** Makes waiting items ready whose time has come; returns how many, at most the limit. */
  public int promote(Session session, Instant now, int limit) {
    List<Held> due =
        session.list(
            HELD
                + "state = 'waiting' and due_at <= ? order by due_at limit ?"
                + " for update skip locked",
            ItemControl::readHeld,
            session.app(),
            now,
            limit);
    List<Long> sets = due.stream().map(item -> item.id.set()).distinct().sorted().toList();
    for (Long set : sets) {
      updateEach(
          session,
          "update sk_item set state = 'ready' where app = ? and item_set = ? and state = 'waiting'",
          due.stream().map(Held::id).filter(id -> id.set() == set).map(ItemId::number).toList(),
          session.app(),
          set);
    }
    return due.size();
  }

  /** Locks items whose deadline has passed. */
  public List<Held> lockPastDeadline(Session session, Instant now, int limit) {
    return session.list(
        HELD
            + "deadline_at <= ? and"
            + OPEN
            + "order by deadline_at limit ? for update skip locked",
        ItemControl::readHeld,
        session.app(),
        now,
        limit);
  }
}
