package io.synchronik.impl.store.run;

import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.FailureGroup;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.Failure;
import io.synchronik.run.Progress;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: fenced ends of attempts. */
public final class RunEndStore {
  private static final String END =
      """
      update sk_run t set state = :state, ended_at = :ended_at, due_at = :due_at,
        attempt = :attempt, losses = :losses, result = :result, choices = :choices, failure_type = :failure_type,
        failure_message = :failure_message, failure_trace = :failure_trace,
        failure_group = :failure_group, reason = :reason,
        progress_done = coalesce(:done, t.progress_done),
        progress_total = coalesce(:total, t.progress_total), owner = null, items = :items
      where t.app = :app and t.id = :id and t.owner = :owner and t.fence = :fence
        and (t.cancel_by is null or :state in ('canceled', 'running'))
      """;

  private static final String[] VALUES = {
    "state text",
    "ended_at timestamptz",
    "due_at timestamptz",
    "attempt integer",
    "losses integer",
    "result text",
    "choices text",
    "failure_type text",
    "failure_message text",
    "failure_trace text",
    "failure_group text",
    "reason text",
    "done bigint",
    "total bigint",
    "items boolean",
    "app text",
    "id text",
    "owner text",
    "fence bigint",
  };

  private static final Bulk END_IF_WANTED = Bulk.of(END, VALUES);

  private static final Bulk END_IF_FREE =
      Bulk.of(
          END
              + """
               and t.id in (
                select f.id from sk_run f where f.app = :app and f.id = :id for update skip locked)
              """,
          VALUES);

  /**
   * Applies ends to runs that their claims still own, waiting for them, unless somebody wants them
   * cancelled and that is not their end; tells which did.
   */
  public boolean[] applyIfOwnedAndWanted(Session session, List<RunStore.End> ends, Instant now) {
    return apply(session, END_IF_WANTED, ends, now);
  }

  /** The same for those of them that nobody else holds. */
  public boolean[] applyIfOwnedWantedAndFree(
      Session session, List<RunStore.End> ends, Instant now) {
    return apply(session, END_IF_FREE, ends, now);
  }

  /** Returns which claims own their runs, without waiting for anybody. */
  public Set<RunStore.Claimed> stillOwned(Session session, Collection<RunStore.Claimed> claims) {
    Set<RunStore.Claimed> owned =
        new HashSet<>(
            session.list(
                "select id, fence from sk_run where app = ? and id = any(?) and owner is not null",
                row -> new RunStore.Claimed(row.text(1), row.big(2)),
                session.app(),
                claims.stream().map(RunStore.Claimed::run).toList()));
    owned.retainAll(claims);
    return owned;
  }

  /** Returns who wants those of some runs cancelled that an incarnation owns. */
  public Map<RunStore.Claimed, String> unwanted(
      Session session, String incarnation, Collection<String> runs) {
    return session
        .list(
            """
            select id, fence, cancel_by from sk_run
            where app = ? and id = any(?) and owner = ? and cancel_by is not null
            """,
            row -> Map.entry(new RunStore.Claimed(row.text(1), row.big(2)), row.text(3)),
            session.app(),
            runs,
            incarnation)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean[] apply(
      Session session, Bulk statement, List<RunStore.End> ends, Instant now) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (RunStore.End end : ends) {
      RunChange change = end.change();
      Failure failure = change.failure();
      Progress progress = end.progress();
      rows.add(
          new @Nullable Object[] {
            RunStore.stored(change.state()),
            change.state().isFinal() ? now : null,
            change.dueAt(),
            change.attempt(),
            end.losses(),
            change.produced().result(),
            change.produced().choices(),
            failure == null ? null : failure.type(),
            failure == null ? null : failure.message(),
            failure == null ? null : failure.stackTrace(),
            FailureGroup.of(failure),
            change.reason(),
            progress == null ? null : progress.completed(),
            progress == null ? null : progress.total(),
            change.state() == RunState.RUNNING,
            session.app(),
            end.id(),
            end.incarnation(),
            end.fence()
          });
    }
    return session.bulk(statement, rows);
  }
}
