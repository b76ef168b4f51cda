package io.synchronik.impl.store.run;

import io.synchronik.RunQuery;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jpa.AppKey;
import io.synchronik.impl.store.jpa.RunEntity;
import io.synchronik.run.Failure;
import io.synchronik.run.Page;
import io.synchronik.run.Payload;
import io.synchronik.run.Progress;
import io.synchronik.run.RunId;
import io.synchronik.run.RunView;
import io.synchronik.unit.UnitId;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code sk_run} as entities: what is shown of runs. */
public final class RunRows {
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

  /** Returns those of some runs that are final, in no order. */
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

  /** Lists runs, newest first. */
  public Page<RunView> list(Session session, RunQuery query) {
    StringBuilder text = new StringBuilder("select r from RunEntity r where r.app = :app");
    if (query.unit() != null) {
      text.append(" and r.unit = :unit");
    }
    if (!query.states().isEmpty()) {
      text.append(" and r.state in :states");
    }
    if (query.cursor() != null) {
      text.append(" and r.id < :cursor");
    }
    text.append(" order by r.id desc");
    TypedQuery<RunEntity> typed = session.entities().createQuery(text.toString(), RunEntity.class);
    typed.setParameter("app", session.app());
    if (query.unit() != null) {
      typed.setParameter("unit", query.unit());
    }
    if (!query.states().isEmpty()) {
      typed.setParameter("states", query.states());
    }
    if (query.cursor() != null) {
      typed.setParameter("cursor", query.cursor());
    }
    List<RunView> found =
        typed.setMaxResults(query.limit() + 1).getResultStream().map(this::view).toList();
    boolean more = found.size() > query.limit();
    List<RunView> items = more ? found.subList(0, query.limit()) : found;
    return new Page<>(items, more ? items.get(items.size() - 1).id().value() : null);
  }

  private RunView view(RunEntity run) {
    Long done = run.progressDone;
    Long total = run.progressTotal;
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
            done == null ? null : new Progress(done, total == null ? 0 : total),
            payloads.apply(run.result),
            failure(run),
            run.reason));
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
