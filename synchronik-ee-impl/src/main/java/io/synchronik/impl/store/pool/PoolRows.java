package io.synchronik.impl.store.pool;

import io.synchronik.impl.store.jdbc.PagedFailure;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.PoolView;
import io.synchronik.run.Failure;
import io.synchronik.run.Page;
import io.synchronik.run.Payload;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code sk_pool} and {@code sk_pool_task}: what is shown of them. */
public final class PoolRows {
  /** Each state apart, so that an index is read, and no task. */
  private static final String POOLS =
      """
      select p.name, p.places, p.created_at, %s, %s, %s, %s, %s, %s from sk_pool p
      where p.app = ? and (p.name = ? or cast(? as boolean)) order by p.name
      """
          .formatted(
              count("pending"),
              count("paused"),
              count("running"),
              count("completed"),
              count("error"),
              count("canceled"));

  private static final String TASKS =
      """
      select pool, id, name, state, worker, durable, priority, requested_by, added_at, started_at,
        ended_at, run, reason, failure_type, %s
      from sk_pool_task where app = ? and pool = ?
      """;

  private static final String WHOLE =
      TASKS.formatted("failure_message, failure_trace, payload, result");
  private static final String PAGED = TASKS.formatted(PagedFailure.message("failure_message"));

  private static String count(String state) {
    return """
    (select count(*) from sk_pool_task t
      where t.app = p.app and t.pool = p.name and t.state = '%s')\
    """
        .formatted(state);
  }

  private final Function<@Nullable String, Payload> payloads;

  /**
   * Creates the queries.
   *
   * @param payloads makes a payload of JSON
   */
  public PoolRows(Function<@Nullable String, Payload> payloads) {
    this.payloads = payloads;
  }

  /** Returns a pool. */
  public Optional<PoolView> find(Session session, String name) {
    return session.first(POOLS, PoolRows::readPool, session.app(), name, false);
  }

  /** Returns all pools by name. */
  public List<PoolView> all(Session session) {
    return session.list(POOLS, PoolRows::readPool, session.app(), "", true);
  }

  private static PoolView readPool(Session.Row row) throws SQLException {
    return new PoolView(
        row.text(1),
        row.number(2),
        new PoolView.Tasks(row.big(4), row.big(5), row.big(6), row.big(7), row.big(8), row.big(9)),
        row.at(3));
  }

  /** Returns the size that the code gave last. */
  public int declared(Session session, String name) {
    return session
        .first(
            "select declared from sk_pool where app = ? and name = ?",
            row -> row.number(1),
            session.app(),
            name)
        .orElse(0);
  }

  /** Returns a task. */
  public Optional<PoolTaskView> find(Session session, String pool, long id) {
    return session.first(WHOLE + " and id = ?", this::whole, session.app(), pool, id);
  }

  /** Lists tasks, newest first, without what may be long. */
  public Page<PoolTaskView> list(Session session, String pool, PoolTaskQuery query) {
    Set<PoolTaskState> states =
        query.states().isEmpty() ? Set.of(PoolTaskState.values()) : query.states();
    Long before = query.before();
    List<PoolTaskView> found =
        session.list(
            PAGED + " and state = any(?) and id < ? order by id desc limit ?",
            this::paged,
            session.app(),
            pool,
            states.stream().map(RunStore::stored).toList(),
            before == null ? Long.MAX_VALUE : before,
            query.limit() + 1);
    boolean more = found.size() > query.limit();
    List<PoolTaskView> items = more ? found.subList(0, query.limit()) : found;
    return new Page<>(items, more ? Long.toString(items.get(items.size() - 1).id()) : null);
  }

  private PoolTaskView whole(Session.Row row) throws SQLException {
    return task(row, row.textOrNull(17), row.textOrNull(18), PoolQueue.failure(row, 14));
  }

  private PoolTaskView paged(Session.Row row) throws SQLException {
    return task(row, null, null, PagedFailure.of(row.textOrNull(14), row.textOrNull(15)));
  }

  private PoolTaskView task(
      Session.Row row, @Nullable String payload, @Nullable String result, @Nullable Failure failure)
      throws SQLException {
    boolean durable = row.flag(6);
    String run = row.textOrNull(12);
    return new PoolTaskView(
        row.text(1),
        row.big(2),
        row.text(3),
        PoolStore.state(row.text(4)),
        new PoolTaskView.Given(
            durable ? new UnitId(row.text(5)) : null,
            durable,
            row.number(7),
            row.textOrNull(8),
            payloads.apply(payload)),
        new PoolTaskView.Times(row.at(9), row.atOrNull(10), row.atOrNull(11)),
        new PoolTaskView.Outcome(
            run == null ? null : new RunId(run),
            payloads.apply(result),
            failure,
            row.textOrNull(13)));
  }
}
