package io.synchronik.impl.store.flow;

import static io.synchronik.impl.store.run.RunStore.stored;

import io.synchronik.impl.net.TaskRow;
import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.FailureGroup;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_run} and {@code sk_definition}: runs of processes, and the runs that are parts. */
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
   * The run of an active task.
   *
   * @param id its id
   * @param unit the worker
   * @param part whose part it is
   * @param state its state
   * @param progressed how far it has come
   * @param choices ids of the successors that its result lets run, null for none asked
   */
  public record Item(
      String id,
      String unit,
      RunStore.Part part,
      RunState state,
      Progressed progressed,
      @Nullable String choices) {}

  /**
   * How far a part has come.
   *
   * @param claimed whether a node ever claimed it
   * @param endedAt its end, null before
   */
  public record Progressed(boolean claimed, @Nullable Instant endedAt) {}

  /**
   * What a part came to.
   *
   * @param id its id
   * @param part whose part it is
   * @param state its state
   * @param times start of its first attempt and its end
   * @param attempts how many were begun
   * @param failure of the latest failed attempt, null when none failed
   */
  public record Came(
      String id,
      RunStore.Part part,
      RunState state,
      Times times,
      int attempts,
      @Nullable Failure failure) {}

  /**
   * When a part ran.
   *
   * @param startedAt start of its first attempt, null before
   * @param endedAt its end, null before
   */
  public record Times(@Nullable Instant startedAt, @Nullable Instant endedAt) {}

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

  /** Locks those of some runs that nobody else holds. */
  public Set<String> lockFree(Session session, Collection<String> runs) {
    return new HashSet<>(
        session.list(
            "select id from sk_run where app = ? and id = any(?) for update skip locked",
            row -> row.text(1),
            session.app(),
            runs));
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

  /** Returns the tasks of some runs, the active ones with their runs. */
  public List<TaskItem> tasks(Session session, Collection<String> runs) {
    return session.list(
        """
        select t.run, t.task, t.generation, t.state, t.reason, c.id, c.unit, c.parent_unit, c.state,
          c.fence, c.choices, c.ended_at
        from sk_task t left join sk_run c on c.app = t.app
          and c.parent = case when t.active_key is not null then t.run end
          and c.task = t.task and c.generation = t.generation
        where t.app = ? and t.run = any(?)
        """,
        row -> {
          NetStore.TaskOf task =
              new NetStore.TaskOf(
                  row.text(1),
                  new TaskRow(
                      row.text(2), row.number(3), NetStore.state(row.text(4)), row.textOrNull(5)));
          String id = row.textOrNull(6);
          return new TaskItem(task, id == null ? null : readItem(task, id, row));
        },
        session.app(),
        runs);
  }

  private static Item readItem(NetStore.TaskOf task, String id, Session.Row row)
      throws SQLException {
    return new Item(
        id,
        row.text(7),
        new RunStore.Part(task.run(), row.text(8), task.row().task(), task.row().generation()),
        RunStore.state(row.text(9)),
        new Progressed(row.big(10) > 0, row.atOrNull(12)),
        row.textOrNull(11));
  }

  /**
   * A task, and the run of an active one.
   *
   * @param task the task
   * @param item its run, null unless it is active
   */
  public record TaskItem(NetStore.TaskOf task, @Nullable Item item) {}

  /** Locks some runs and returns those that a node has claimed or that are final. */
  public Set<String> lockMoved(Session session, Collection<String> runs) {
    return new HashSet<>(
        session.list(
            """
            select id from sk_run where app = ? and id = any(?)
              and (fence > 0 or ended_at is not null)
            order by id for update
            """,
            row -> row.text(1),
            session.app(),
            runs));
  }

  /** Returns what the parts of some runs came to. */
  public List<Came> parts(Session session, Collection<String> runs) {
    return session.list(
        """
        select id, state, parent, parent_unit, task, generation, started_at, ended_at, attempt,
          failure_type, failure_message
        from sk_run where app = ? and parent = any(?)
        """,
        row -> {
          String type = row.textOrNull(10);
          String message = row.textOrNull(11);
          return new Came(
              row.text(1),
              readPart(row, 3),
              RunStore.state(row.text(2)),
              new Times(row.atOrNull(7), row.atOrNull(8)),
              row.number(9),
              type == null ? null : new Failure(type, message == null ? "" : message, "", null));
        },
        session.app(),
        runs);
  }

  private static RunStore.Part readPart(Session.Row row, int from) throws SQLException {
    return new RunStore.Part(
        row.text(from), row.text(from + 1), row.text(from + 2), row.number(from + 3));
  }

  /** Returns the ids and choices of the completed parts of a run, by task. */
  public Map<String, Completed> completed(Session session, String run) {
    return session
        .list(
            """
            select task, id, choices from sk_run
            where app = ? and parent = ? and state = 'completed' order by generation
            """,
            row -> new Completed(row.text(1), row.text(2), row.textOrNull(3)),
            session.app(),
            run)
        .stream()
        .collect(Collectors.toMap(Completed::task, Function.identity(), (first, second) -> second));
  }

  /**
   * A completed part.
   *
   * @param task which task
   * @param id its id
   * @param choices as for {@link Item}
   */
  public record Completed(String task, String id, @Nullable String choices) {}

  /** Takes a completed part over into another run. */
  public void copyCompleted(Session session, String id, String newId, RunStore.Part part) {
    session.update(
        """
        insert into sk_run (app, id, unit, state, cause, parent, parent_unit, task, generation,
          submitted_at, started_at, ended_at, attempt, losses, fence, node, forced, payload, result,
          choices, reason)
        select app, ?, unit, state, ?, ?, ?, ?, ?,
          submitted_at, started_at, ended_at, attempt, losses, fence, node, forced, payload, result,
          choices, ?
        from sk_run where app = ? and id = ?
        """,
        newId,
        stored(Cause.RETRY),
        part.run(),
        part.unit(),
        part.task(),
        part.generation(),
        "taken over from run " + id,
        session.app(),
        id);
  }

  /** Returns what a completed part returned, as JSON; null when there is none. */
  public @Nullable String result(Session session, String run, String task) {
    return session
        .list(
            """
            select result from sk_run
            where app = ? and parent = ? and task = ? and state = 'completed'
            order by generation desc limit 1
            """,
            row -> Optional.ofNullable(row.textOrNull(1)),
            session.app(),
            run,
            task)
        .stream()
        .findFirst()
        .flatMap(Function.identity())
        .orElse(null);
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

  /**
   * Which definition a run of a process began with.
   *
   * @param unit the process
   * @param version of its definition
   */
  public record Definition(String unit, String version) {}

  /** Returns what a run of a process began with; empty when it is none, or has not begun. */
  public Optional<Definition> definition(Session session, String run) {
    return session.first(
        "select unit, definition from sk_run where app = ? and id = ? and definition is not null",
        row -> new Definition(row.text(1), row.text(2)),
        session.app(),
        run);
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

  /** Returns the model of a definition. */
  public Optional<String> model(Session session, String unit, String version) {
    return session.first(
        "select model from sk_definition where app = ? and unit = ? and version = ?",
        row -> row.text(1),
        session.app(),
        unit,
        version);
  }

  /** Inserts a definition that is not there yet. */
  public void define(Session session, String unit, String version, String model, Instant now) {
    session.update(
        """
        insert into sk_definition (app, unit, version, model, created_at)
        select ?, ?, ?, ?, cast(? as timestamp with time zone)
        where not exists (
          select 1 from sk_definition where app = ? and unit = ? and version = ?)
        """
            + session.dialect().orNothing(),
        session.app(),
        unit,
        version,
        model,
        now,
        session.app(),
        unit,
        version);
  }
}
