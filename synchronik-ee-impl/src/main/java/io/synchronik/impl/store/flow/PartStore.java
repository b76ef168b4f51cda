package io.synchronik.impl.store.flow;

import static io.synchronik.impl.store.run.RunStore.stored;

import io.synchronik.impl.net.TaskRow;
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

/** {@code sk_run} and {@code sk_task}: the runs that are parts of runs of processes. */
public final class PartStore {
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

  /** Locks those of some runs that nobody else holds. */
  public Set<String> lockFree(Session session, Collection<String> runs) {
    return new HashSet<>(
        session.list(
            "select id from sk_run where app = ? and id = any(?) for update skip locked",
            row -> row.text(1),
            session.app(),
            runs));
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
  public List<Came> cameTo(Session session, Collection<String> runs) {
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
}
