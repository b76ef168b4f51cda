package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code sk_item}: items by their numbers, whatever has become of them. */
public final class ItemPicks {
  /**
   * An item that is held.
   *
   * @param item what it is
   * @param endedAt when it became final, null when it is not
   */
  public record Held(ItemControl.Held item, @Nullable Instant endedAt) {}

  private static final String HELD =
      """
      select item_set, n, state, attempt, item_key, owner, ended_at
      from sk_item where app = ? and item_set = ? and n
      """;

  /** Locks those of some items of a set that nobody else holds, in no order. */
  public List<Held> lockFree(Session session, long set, Collection<Long> numbers) {
    return session.list(
        HELD + in(session, numbers) + " for update skip locked",
        row -> new Held(ItemControl.readHeld(row), row.atOrNull(7)),
        values(session, set, numbers));
  }

  /** Returns those of some items of a set that exist. */
  public Set<Long> existing(Session session, long set, Collection<Long> numbers) {
    return Set.copyOf(
        session.list(
            "select n from sk_item where app = ? and item_set = ? and n" + in(session, numbers),
            row -> row.big(1),
            values(session, set, numbers)));
  }

  /**
   * What is asked of items.
   *
   * @param failedBy that they had failed by then; null for that they are not final
   * @param kind of failures
   */
  public record Fitting(@Nullable Instant failedBy, FailedItems.Kind kind) {
    private String condition() {
      String failed = FailureKind.OTHER.equals(kind.group()) ? " and failure_type is not null" : "";
      return failedBy == null
          ? " and state in ('waiting', 'ready', 'started')" + failed + kind.condition()
          : " and state = 'failed' and ended_at <= ?" + kind.condition();
    }
  }

  /** Returns those of some items of a set that fit, in their order, held by somebody or not. */
  public List<Long> fitting(Session session, long set, Collection<Long> numbers, Fitting fitting) {
    List<@Nullable Object> values = new ArrayList<>(Arrays.asList(values(session, set, numbers)));
    if (fitting.failedBy != null) {
      values.add(fitting.failedBy);
    }
    values.addAll(fitting.kind.values());
    return session.list(
        "select n from sk_item where app = ? and item_set = ? and n"
            + in(session, numbers)
            + fitting.condition()
            + " order by n",
        row -> row.big(1),
        values.toArray());
  }

  /** H2 would look at all items of the set for an array. */
  private static String in(Session session, Collection<Long> numbers) {
    return session.dialect() == Dialect.POSTGRESQL
        ? " = any(?)"
        : " in (" + String.join(", ", Collections.nCopies(numbers.size(), "?")) + ")";
  }

  private static @Nullable Object[] values(Session session, long set, Collection<Long> numbers) {
    List<@Nullable Object> values = new ArrayList<>(Arrays.asList(session.app(), set));
    if (session.dialect() == Dialect.POSTGRESQL) {
      values.add(numbers);
    } else {
      values.addAll(numbers);
    }
    return values.toArray();
  }
}
