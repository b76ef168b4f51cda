package io.synchronik.impl.store.flow;

import static io.synchronik.impl.store.run.RunStore.stored;

import io.synchronik.impl.net.PlaceRow;
import io.synchronik.impl.net.TaskRow;
import io.synchronik.impl.net.TaskState;
import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code sk_task}, {@code sk_place}, {@code sk_timer}: the nets of runs of processes. */
public final class NetStore {
  /**
   * A task of a run.
   *
   * @param run the run
   * @param row the task
   */
  public record TaskOf(String run, TaskRow row) {}

  /**
   * A place of a run.
   *
   * @param run the run
   * @param row the place
   */
  public record PlaceOf(String run, PlaceRow row) {}

  /**
   * A delay of a task.
   *
   * @param run the run
   * @param task the task
   * @param generation which enabling
   * @param due when it is over
   */
  public record Timer(String run, String task, int generation, Instant due) {}

  private static final Bulk INSERT_TASK =
      Bulk.of(
          """
          insert into sk_task (app, run, task, generation, state, active_key, reason)
          values (:app, :run, :task, :generation, :state, :active, :reason)
          """,
          "app text",
          "run text",
          "task text",
          "generation integer",
          "state text",
          "active integer",
          "reason text");

  private static final Bulk UPDATE_TASK =
      Bulk.of(
          """
          update sk_task t set state = :state, active_key = :active, reason = :reason
          where t.app = :app and t.run = :run and t.task = :task and t.generation = :generation
          """,
          "app text",
          "run text",
          "task text",
          "generation integer",
          "state text",
          "active integer",
          "reason text");

  private static final Bulk INSERT_PLACE =
      Bulk.of(
          """
          insert into sk_place (app, run, place, tokens)
          values (:app, :run, :place, :tokens)
          """,
          "app text",
          "run text",
          "place text",
          "tokens integer");

  private static final Bulk DELETE_PLACE =
      Bulk.of(
          "delete from sk_place t where t.app = :app and t.run = :run and t.place = :place",
          "app text",
          "run text",
          "place text");

  private static final Bulk INSERT_TIMER =
      Bulk.of(
          """
          insert into sk_timer (app, run, task, generation, due_at)
          values (:app, :run, :task, :generation, :due)
          """,
          "app text",
          "run text",
          "task text",
          "generation integer",
          "due timestamptz");

  private static final Bulk DELETE_TIMER =
      Bulk.of(
          """
          delete from sk_timer t where t.app = :app and t.run = :run and t.task = :task
            and t.generation = :generation
          """,
          "app text",
          "run text",
          "task text",
          "generation integer");

  /** Returns the tasks of some runs. */
  public List<TaskOf> tasks(Session session, Collection<String> runs) {
    return session.list(
        "select run, task, generation, state, reason from sk_task where app = ? and run = any(?)",
        row ->
            new TaskOf(
                row.text(1),
                new TaskRow(row.text(2), row.number(3), state(row.text(4)), row.textOrNull(5))),
        session.app(),
        runs);
  }

  /** Returns the marked places of some runs. */
  public List<PlaceOf> places(Session session, Collection<String> runs) {
    return session.list(
        "select run, place, tokens from sk_place where app = ? and run = any(?)",
        row -> new PlaceOf(row.text(1), new PlaceRow(row.text(2), row.number(3))),
        session.app(),
        runs);
  }

  /** Returns the timers of some runs that are due. */
  public List<Timer> dueTimers(Session session, Collection<String> runs, Instant now) {
    return session.list(
        """
        select run, task, generation, due_at from sk_timer
        where app = ? and run = any(?) and due_at <= ? order by due_at
        """,
        NetStore::readTimer,
        session.app(),
        runs,
        now);
  }

  /** Returns timers that are due before a time. */
  public List<Timer> timersBefore(Session session, Instant time, int limit) {
    return session.list(
        """
        select run, task, generation, due_at from sk_timer
        where app = ? and due_at < ? order by due_at limit ?
        """,
        NetStore::readTimer,
        session.app(),
        time,
        limit);
  }

  private static Timer readTimer(Session.Row row) throws SQLException {
    return new Timer(row.text(1), row.text(2), row.number(3), row.at(4));
  }

  /** Inserts tasks. */
  public void insertTasks(Session session, List<TaskOf> tasks) {
    session.bulk(INSERT_TASK, tasks.stream().map(task -> values(session, task)).toList());
  }

  /** Updates tasks. */
  public void updateTasks(Session session, List<TaskOf> tasks) {
    session.bulk(UPDATE_TASK, tasks.stream().map(task -> values(session, task)).toList());
  }

  private static @Nullable Object[] values(Session session, TaskOf task) {
    TaskRow row = task.row;
    return new @Nullable Object[] {
      session.app(),
      task.run,
      row.task(),
      row.generation(),
      stored(row.state()),
      row.state().isActive() ? 1 : null,
      row.reason()
    };
  }

  /** Gives places the tokens that they have now. */
  public void writePlaces(Session session, List<PlaceOf> places) {
    session.bulk(
        DELETE_PLACE,
        places.stream()
            .map(place -> new @Nullable Object[] {session.app(), place.run, place.row.place()})
            .toList());
    session.bulk(
        INSERT_PLACE,
        places.stream()
            .filter(place -> place.row.tokens() > 0)
            .map(
                place ->
                    new @Nullable Object[] {
                      session.app(), place.run, place.row.place(), place.row.tokens()
                    })
            .toList());
  }

  /** Inserts timers. */
  public void insertTimers(Session session, List<Timer> timers) {
    session.bulk(
        INSERT_TIMER,
        timers.stream()
            .map(
                timer ->
                    new @Nullable Object[] {
                      session.app(), timer.run, timer.task, timer.generation, timer.due
                    })
            .toList());
  }

  /** Deletes timers. */
  public void deleteTimers(Session session, List<Timer> timers) {
    session.bulk(
        DELETE_TIMER,
        timers.stream()
            .map(
                timer ->
                    new @Nullable Object[] {session.app(), timer.run, timer.task, timer.generation})
            .toList());
  }

  /** Removes what only runs in progress need. */
  public void close(Session session, Collection<String> runs) {
    if (!runs.isEmpty()) {
      session.update("delete from sk_place where app = ? and run = any(?)", session.app(), runs);
      session.update("delete from sk_timer where app = ? and run = any(?)", session.app(), runs);
    }
  }

  /** Returns runs of processes in which a decision is due, at most so many. */
  public Set<String> undecided(Session session, Instant now, int limit) {
    Set<String> runs =
        new LinkedHashSet<>(
            session.list(
                """
                select id from sk_run r where app = ? and state = 'running'
                  and definition is not null and not exists (
                    select 1 from sk_task t where t.app = r.app and t.run = r.id)
                order by id limit ?
                """,
                row -> row.text(1),
                session.app(),
                limit));
    runs.addAll(
        session.list(
            """
            select distinct t.run from sk_task t
            join sk_run c on c.app = t.app and c.parent = t.run and c.task = t.task
              and c.generation = t.generation
            where t.app = ? and t.active_key is not null and c.ended_at is not null
            limit ?
            """,
            row -> row.text(1),
            session.app(),
            limit));
    timersBefore(session, now, limit).forEach(timer -> runs.add(timer.run));
    return runs;
  }

  static TaskState state(String text) {
    return TaskState.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
