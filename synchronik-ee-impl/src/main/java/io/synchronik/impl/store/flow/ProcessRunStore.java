package io.synchronik.impl.store.flow;

import static io.synchronik.impl.store.run.RunStore.stored;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.FailureGroup;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: runs of processes. */
public final class ProcessRunStore {
  /**
   * A run of a process that is in progress, locked.
   *
   * @param id its id
   * @param unit the process
   * @param definition version of its definition
   * @param cause why it exists
   * @param startedAt when it began
   * @param given what it was given
   */
  public record Root(
      String id, String unit, String definition, Cause cause, Instant startedAt, Given given) {}

  /**
   * What a run of a process was given.
   *
   * @param payload as JSON
   * @param retryOf the run of which it takes over what completed, null for none
   */
  public record Given(@Nullable String payload, @Nullable String retryOf) {}

  /**
   * How a run of a process ended.
   *
   * @param run the run
   * @param state final
   * @param result as JSON
   * @param failure null unless it failed
   * @param reason who cancelled it, null otherwise
   */
  public record End(
      String run,
      RunState state,
      String result,
      @Nullable Failure failure,
      @Nullable String reason) {}

  private static final Bulk END =
      Bulk.of(
          """
          update sk_run t set state = :state, ended_at = :ended_at, result = :result,
            failure_type = :failure_type, failure_message = :failure_message,
            failure_group = :failure_group, reason = :reason
          where t.app = :app and t.id = :id and t.state = 'running'
          """,
          "state text",
          "ended_at timestamptz",
          "result text",
          "failure_type text",
          "failure_message text",
          "failure_group text",
          "reason text",
          "app text",
          "id text");

  private static final String RUNNING =
      """
      select id, unit, definition, cause, coalesce(started_at, submitted_at), payload, retry_of
      from sk_run where app = ? and id = any(?) and state = 'running' and definition is not null
      """;

  /** Locks those of some runs that are in progress, in the order of their ids, waiting for them. */
  public List<Root> lockRunning(Session session, Collection<String> runs) {
    return running(session, RUNNING + " order by id for update", runs);
  }

  /** Locks those of some runs that are in progress and that nobody else holds. */
  public List<Root> lockRunningFree(Session session, Collection<String> runs) {
    return running(session, RUNNING + " for update skip locked", runs);
  }

  /** Returns those of some runs that are in progress, without a lock. */
  public List<Root> running(Session session, Collection<String> runs) {
    return running(session, RUNNING, runs);
  }

  private static List<Root> running(Session session, String statement, Collection<String> runs) {
    return session.list(
        statement,
        row ->
            new Root(
                row.text(1),
                row.text(2),
                row.text(3),
                RunStore.cause(row.text(4)),
                row.at(5),
                new Given(row.textOrNull(6), row.textOrNull(7))),
        session.app(),
        runs);
  }

  /** Ends runs of processes. */
  public void endIfRunning(Session session, List<End> ends, Instant now) {
    session.bulk(
        END,
        ends.stream()
            .map(
                end -> {
                  Failure failure = end.failure;
                  return new @Nullable Object[] {
                    stored(end.state),
                    now,
                    end.result,
                    failure == null ? null : failure.type(),
                    failure == null ? null : failure.message(),
                    FailureGroup.of(failure),
                    end.reason,
                    session.app(),
                    end.run
                  };
                })
            .toList());
  }

  /** Returns version and predecessor of a run of a process; empty when it is none. */
  public Optional<RunStore.OfProcess> ofProcess(Session session, String run) {
    return session
        .first(
            "select definition, retry_of from sk_run where app = ? and id = ?",
            row -> new RunStore.OfProcess(row.textOrNull(1), row.textOrNull(2)),
            session.app(),
            run)
        .filter(process -> process.definition() != null);
  }

  /** Returns the id of a unit's run with a key. */
  public Optional<String> byKey(Session session, String unit, String key) {
    return session.first(
        "select id from sk_run where app = ? and unit = ? and request_key = ?",
        row -> row.text(1),
        session.app(),
        unit,
        key);
  }
}
