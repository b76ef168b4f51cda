package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.ItemId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One item as the rules see it, and what limits have been used, read without a lock. */
public final class ItemStanding {
  /**
   * An item.
   *
   * @param set what it belongs to
   * @param state as stored
   * @param dueAt not started before, or null
   * @param mutex only one item with it is worked on at a time, or null
   * @param attempt of the present or last attempt, or 0
   * @param holder the incarnation that works on it, or null
   * @param by the name of that node, or who has started it from outside, or null
   * @param times when what happened
   * @param failureType of its last failed attempt, or null
   * @param failureMessage the same failure's message, or null
   */
  public record Standing(
      Set set,
      String state,
      @Nullable Instant dueAt,
      @Nullable String mutex,
      int attempt,
      @Nullable String holder,
      @Nullable String by,
      Times times,
      @Nullable String failureType,
      @Nullable String failureMessage) {}

  /** What an item belongs to: its run, that run's worker, how it stands, and who works on it. */
  public record Set(String run, String unit, boolean active, boolean manual) {}

  /** Times of an item. */
  public record Times(@Nullable Instant startedAt, @Nullable Instant endedAt) {}

  /** Returns an item. */
  public Optional<Standing> find(Session session, ItemId id) {
    return session.first(
        """
        select s.run, s.unit, s.state, s.manual, i.state, i.due_at, i.mutex, i.attempt, i.owner, i.node,
          i.started_at, i.ended_at, i.failure_type, i.failure_message
        from sk_item i join sk_item_set s on s.app = i.app and s.id = i.item_set
        where i.app = ? and i.item_set = ? and i.n = ?
        """,
        row ->
            new Standing(
                new Set(row.text(1), row.text(2), "active".equals(row.text(3)), row.flag(4)),
                row.text(5),
                row.atOrNull(6),
                row.textOrNull(7),
                row.number(8),
                row.textOrNull(9),
                row.textOrNull(10),
                new Times(row.atOrNull(11), row.atOrNull(12)),
                row.textOrNull(13),
                row.textOrNull(14)),
        session.app(),
        id.set(),
        id.number());
  }

  /** Returns how many permits of a limit are taken. */
  public int permits(Session session, String name) {
    return session
        .first(
            "select count(*) from sk_permit where app = ? and name = ?",
            row -> row.number(1),
            session.app(),
            name)
        .orElse(0);
  }

  /** Returns what was taken of a worker's rate; empty when nothing was. */
  public Optional<String> rate(Session session, String unit) {
    return session.first(
        "select taken from sk_rate where app = ? and unit = ?",
        row -> row.text(1),
        session.app(),
        unit);
  }
}
