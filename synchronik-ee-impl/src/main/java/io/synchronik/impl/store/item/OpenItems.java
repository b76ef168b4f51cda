package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sk_item}: those that are not final. */
public final class OpenItems {
  /** H2 would sort all of them by an index that begins with the state. */
  private static String condition(Session session, FailedItems.Kind kind) {
    String state = session.dialect() == Dialect.POSTGRESQL ? "state" : "state || ''";
    String failed = FailureKind.OTHER.equals(kind.group()) ? " and failure_type is not null" : "";
    return " app = ? and item_set = ? and "
        + state
        + " in ('waiting', 'ready', 'started') and n > ?"
        + failed
        + kind.condition();
  }

  /** Returns the numbers of the first items of a set behind a number, in their order. */
  public List<Long> behind(
      Session session, long set, FailedItems.Kind kind, long after, int limit) {
    List<@Nullable Object> values = values(session, set, kind, after);
    values.add(limit);
    // H2 sorts unless all columns of the index are named
    return session.list(
        "select n from sk_item where"
            + condition(session, kind)
            + " order by app, item_set, n limit ?",
        row -> row.big(1),
        values.toArray());
  }

  /** Returns how many there are. */
  public long count(Session session, long set, FailedItems.Kind kind) {
    return session
        .first(
            "select count(*) from sk_item where" + condition(session, kind),
            row -> row.big(1),
            values(session, set, kind, 0).toArray())
        .orElse(0L);
  }

  private static List<@Nullable Object> values(
      Session session, long set, FailedItems.Kind kind, long after) {
    List<@Nullable Object> values = new ArrayList<>(Arrays.asList(session.app(), set, after));
    values.addAll(kind.values());
    return values;
  }
}
