package io.synchronik.impl.store.run;

import io.synchronik.RunQuery;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.PagedFailure;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jpa.AppKey;
import io.synchronik.impl.store.jpa.EnumColumns;
import io.synchronik.impl.store.jpa.RunEntity;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.FailureKind;
import io.synchronik.run.Page;
import io.synchronik.run.Payload;
import io.synchronik.run.Progress;
import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.unit.UnitId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_run} as entities: what is shown of runs. */
public final class RunRows {
  private static final String PAGE =
      """
      select id, unit, state, cause, parent, requested_by, scheduled_at, submitted_at, due_at,
        started_at, ended_at, attempt, node, progress_done, progress_total, failure_type,
        %s, reason
      from sk_run where app = ?
      """
          .formatted(PagedFailure.message("failure_message"));

  private final Function<@Nullable String, Payload> payloads;

  /**
   * Creates the queries.
   *
   * @param payloads makes a payload of JSON
   */
  public RunRows(Function<@Nullable String, Payload> payloads) {
    this.payloads = payloads;
  }

  /** Returns a run. */
  public Optional<RunView> find(Session session, String id) {
    return Optional.ofNullable(
            session.entities().find(RunEntity.class, new AppKey(session.app(), id)))
        .map(this::view);
  }

  /** Returns the unit of a run. */
  public Optional<String> unit(Session session, String id) {
    return session.first(
        "select unit from sk_run where app = ? and id = ?", row -> row.text(1), session.app(), id);
  }

  /** Returns which of some runs are final, in no order. */
  public List<String> ended(Session session, List<String> ids) {
    return session.list(
        "select id from sk_run where app = ? and id = any(?) and ended_at is not null",
        row -> row.text(1),
        session.app(),
        ids);
  }

  /** Returns those of some runs that exist. */
  public Set<String> existing(Session session, List<String> ids) {
    return Set.copyOf(
        session.list(
            "select id from sk_run where app = ? and id = any(?)",
            row -> row.text(1),
            session.app(),
            ids));
  }

  /** Returns those of some runs that are final, in no order: whole, so only a few at a time. */
  public List<RunView> finals(Session session, Collection<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return session
        .entities()
        .createQuery(
            "select r from RunEntity r where r.app = :app and r.id in :ids"
                + " and r.endedAt is not null",
            RunEntity.class)
        .setParameter("app", session.app())
        .setParameter("ids", ids)
        .getResultStream()
        .map(this::view)
        .toList();
  }

  /** Returns the ids of a unit's runs that are not final: by the indexes of such runs alone. */
  public List<String> openRuns(Session session, String unit) {
    return session.list(
        """
        select id from sk_run where app = ? and unit = ? and state = 'submitted'
        union all select id from sk_run where app = ? and unit = ? and state in ('ready', 'waiting')
        union all select id from sk_run where app = ? and unit = ? and state = 'running'
        order by 1
        """,
        row -> row.text(1),
        session.app(),
        unit,
        session.app(),
        unit,
        session.app(),
        unit);
  }

  /** Lists runs, newest first, without what may be long. */
  public Page<RunView> list(Session session, RunQuery query) {
    List<@Nullable Object> values = new ArrayList<>();
    String sql =
        states(query).stream()
            .map(state -> "(" + in(session, state, query, values) + ")")
            .collect(Collectors.joining(" union all "));
    if (sql.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    values.add(query.limit() + 1);
    List<RunView> found =
        session.list(
            "select * from (" + sql + ") found order by id desc limit ?",
            this::paged,
            values.toArray());
    boolean more = found.size() > query.limit();
    List<RunView> items = more ? found.subList(0, query.limit()) : found;
    return new Page<>(items, more ? items.get(items.size() - 1).id().value() : null);
  }

  /** In an order of their own, so that statements are the same; one that is null means any. */
  private static List<@Nullable RunState> states(RunQuery query) {
    if (query.group() != null) {
      boolean none = !query.states().isEmpty() && !query.states().contains(RunState.FAILED);
      return none ? List.of() : List.of(RunState.FAILED);
    }
    return query.states().isEmpty()
        ? Collections.singletonList(null)
        : List.copyOf(new TreeSet<>(query.states()));
  }

  /** Each state has its own indexes, which are found by constants alone. */
  private static String in(
      Session session, @Nullable RunState state, RunQuery query, List<@Nullable Object> values) {
    StringBuilder sql = new StringBuilder(PAGE);
    values.add(session.app());
    if (query.unit() != null) {
      // In a form that no index has: open runs are few, those of a unit may be many
      sql.append(state == null || state.isFinal() ? " and unit = ?" : " and unit || '' = ?");
      values.add(query.unit());
    }
    if (state != null) {
      sql.append(" and state = '").append(RunStore.stored(state)).append('\'');
    }
    if (FailureKind.OTHER.equals(query.group())) {
      sql.append(" and failure_group is null");
    } else if (query.group() != null) {
      sql.append(" and failure_group = ?");
      values.add(query.group());
    }
    if (query.cursor() != null) {
      sql.append(" and id < ?");
      values.add(query.cursor());
    }
    // No index has those that run by their ids, which are few: others would be read to find them
    if (state != RunState.RUNNING || session.dialect() != Dialect.POSTGRESQL) {
      sql.append(" order by id desc limit ?");
      values.add(query.limit() + 1);
    }
    return sql.toString();
  }

  private RunView paged(Session.Row row) throws SQLException {
    String parent = row.textOrNull(5);
    return new RunView(
        new RunId(row.text(1)),
        new UnitId(row.text(2)),
        EnumColumns.value(RunState.class, row.text(3)),
        new RunView.Origin(
            EnumColumns.value(Cause.class, row.text(4)),
            parent == null ? null : new RunId(parent),
            row.textOrNull(6),
            payloads.apply(null)),
        new RunView.Times(
            row.atOrNull(7), row.at(8), row.atOrNull(9), row.atOrNull(10), row.atOrNull(11)),
        new RunView.Execution(
            row.number(12),
            row.textOrNull(13),
            progress(row.bigOrNull(14), row.bigOrNull(15)),
            payloads.apply(null),
            PagedFailure.of(row.textOrNull(16), row.textOrNull(17)),
            row.textOrNull(18)));
  }

  private RunView view(RunEntity run) {
    return new RunView(
        new RunId(run.id),
        new UnitId(run.unit),
        run.state,
        new RunView.Origin(
            run.cause,
            run.parent == null ? null : new RunId(run.parent),
            run.requestedBy,
            payloads.apply(run.payload)),
        new RunView.Times(run.scheduledAt, run.submittedAt, run.dueAt, run.startedAt, run.endedAt),
        new RunView.Execution(
            run.attempt,
            run.node,
            progress(run.progressDone, run.progressTotal),
            payloads.apply(run.result),
            failure(run),
            run.reason));
  }

  private static @Nullable Progress progress(@Nullable Long done, @Nullable Long total) {
    return done == null ? null : new Progress(done, total == null ? 0 : total);
  }

  private static @Nullable Failure failure(RunEntity run) {
    String type = run.failureType;
    if (type == null) {
      return null;
    }
    String message = run.failureMessage;
    String trace = run.failureTrace;
    return new Failure(type, message == null ? "" : message, trace == null ? "" : trace, null);
  }
}
