package io.synchronik.impl.store.monitor;

import io.synchronik.impl.settings.Times;
import io.synchronik.impl.store.jdbc.PagedFailure;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.monitor.FailureQuery;
import io.synchronik.run.Failure;
import io.synchronik.run.FailureKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code sk_run} and {@code sk_item}: what has failed, by the kind of its failure. */
public final class FailureStore {
  private static final int MOST_OF_ITEMS = 1000;

  private static final String KINDS =
      """
      select g.failure_group, f.failure_type, %s, g.failures, g.first_at, g.last_at
      from (
        select failure_group, count(*) as failures, min(ended_at) as first_at,
          max(ended_at) as last_at, max(%s) as latest
        from %s where app = ? and state = 'failed' and %s
        group by failure_group order by 4 desc limit ?) g
      join %s f on f.app = ? and %s = g.latest
      order by g.last_at desc, g.failure_group
      """;

  /** Returns the kinds of failures of runs, those that happened last first. */
  public List<FailureKind> ofRuns(Session session, FailureQuery query) {
    String which = "ended_at >= ? and ended_at < ?" + (query.unit() == null ? "" : " and unit = ?");
    List<@Nullable Object> values =
        new ArrayList<>(
            Arrays.asList(session.app(), Times.within(query.from()), Times.within(query.to())));
    if (query.unit() != null) {
      values.add(query.unit());
    }
    values.add(query.limit());
    values.add(session.app());
    return kinds(session, kinds("id", "sk_run", which, "f.id"), values);
  }

  /** Returns the kinds of failures of the items of a set, those that happened last first. */
  public List<FailureKind> ofItems(Session session, long set) {
    return kinds(
        session,
        kinds("n", "sk_item", "item_set = ?", "f.item_set = ? and f.n"),
        Arrays.asList(session.app(), set, MOST_OF_ITEMS, session.app(), set));
  }

  private static String kinds(String id, String table, String which, String latest) {
    return KINDS.formatted(
        PagedFailure.message("f.failure_message"), id, table, which, table, latest);
  }

  private static List<FailureKind> kinds(
      Session session, String sql, List<@Nullable Object> values) {
    return session.list(sql, FailureStore::kind, values.toArray());
  }

  private static FailureKind kind(Session.Row row) throws SQLException {
    Failure failure = PagedFailure.of(Objects.toString(row.textOrNull(2), ""), row.textOrNull(3));
    return new FailureKind(
        Objects.toString(row.textOrNull(1), FailureKind.OTHER),
        failure == null ? "" : failure.type(),
        failure == null ? "" : failure.message(),
        row.big(4),
        row.at(5),
        row.at(6));
  }
}
