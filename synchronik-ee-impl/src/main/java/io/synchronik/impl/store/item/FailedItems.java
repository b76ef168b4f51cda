package io.synchronik.impl.store.item;

import io.synchronik.impl.store.item.ItemControl.Held;
import io.synchronik.impl.store.item.ItemControl.Others;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sk_item}: those that have failed. */
public final class FailedItems {
  /**
   * Which failed items are meant.
   *
   * @param text only those whose failure contains it; null for all
   * @param group only those of this group, or of none for {@link FailureKind#OTHER}; null for all
   */
  public record Kind(@Nullable String text, @Nullable String group) {
    /** All of them. */
    public static final Kind ALL = new Kind(null, null);

    /** Returns the text or the group, null for all. */
    public @Nullable String told() {
      return group == null ? text : group;
    }

    /** Returns what is to be added to a condition, empty for all. */
    String condition() {
      if (group == null) {
        return text == null ? "" : TEXT;
      }
      return group.equals(FailureKind.OTHER)
          ? " and failure_group is null"
          : " and failure_group = ?";
    }

    /** Returns the values of that. */
    List<String> values() {
      if (group == null) {
        String pattern = text == null ? "" : "%" + ItemControl.escape(text) + "%";
        return text == null ? List.of() : List.of(pattern, pattern);
      }
      return group.equals(FailureKind.OTHER) ? List.of() : List.of(group);
    }
  }

  /**
   * Failed items of a set.
   *
   * @param set which
   * @param kind which of its failed items
   * @param after only those with higher numbers
   * @param by only those that had failed by then
   */
  public record Failed(long set, Kind kind, long after, Instant by) {
    /** H2 would sort, and lock, all of them by an index that begins with the state. */
    private String condition(Session session) {
      String state = session.dialect() == Dialect.POSTGRESQL ? "state" : "state || ''";
      return " item_set = ? and "
          + state
          + " = 'failed' and n > ? and ended_at <= ?"
          + kind.condition();
    }

    private List<@Nullable Object> arguments(Session session) {
      List<@Nullable Object> all = new ArrayList<>(Arrays.asList(session.app(), set, after, by));
      all.addAll(kind.values());
      return all;
    }
  }

  private static final String TEXT =
      """
       and (coalesce(failure_type, '') like ? escape '!'
        or coalesce(failure_message, '') like ? escape '!')
      """;

  /** Locks the first failed items, by ids. */
  public List<Held> lock(Session session, Failed failed, int limit, Others others) {
    List<@Nullable Object> arguments = failed.arguments(session);
    arguments.add(limit);
    String lock = " for update" + ItemControl.skipping(others);
    if (session.dialect() == Dialect.POSTGRESQL) {
      String select = ItemControl.HELD + failed.condition(session) + " order by n limit ?" + lock;
      return session.list(select, ItemControl::readHeld, arguments.toArray());
    }
    // H2 locks all that there are before it looks at the limit
    List<Long> some = numbers(session, failed, limit);
    if (some.isEmpty()) {
      return List.of();
    }
    arguments.set(arguments.size() - 1, some.get(some.size() - 1));
    return session
        .list(
            ItemControl.HELD + failed.condition(session) + " and n <= ?" + lock,
            ItemControl::readHeld,
            arguments.toArray())
        .stream()
        .sorted(Comparator.comparing(item -> item.id().number()))
        .toList();
  }

  /** Returns the numbers of the first failed items, in their order, held by somebody or not. */
  public List<Long> numbers(Session session, Failed failed, int limit) {
    List<@Nullable Object> arguments = failed.arguments(session);
    arguments.add(limit);
    // H2 sorts unless all columns of the index are named
    return session.list(
        "select n from sk_item where app = ? and "
            + failed.condition(session)
            + " order by app, item_set, n limit ?",
        row -> row.big(1),
        arguments.toArray());
  }

  /** Tells whether there are failed items, held by somebody or not. */
  public boolean exist(Session session, Failed failed) {
    return session
        .first(
            "select 1 from sk_item where app = ? and " + failed.condition(session) + " limit 1",
            row -> row.number(1),
            failed.arguments(session).toArray())
        .isPresent();
  }

  /** Returns how many failed items there are. */
  public long count(Session session, Failed failed) {
    return session
        .first(
            "select count(*) from sk_item where app = ? and " + failed.condition(session),
            row -> row.big(1),
            failed.arguments(session).toArray())
        .orElse(0L);
  }
}
