package io.synchronik.impl.store.pool;

import static io.synchronik.impl.store.run.RunStore.stored;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code sk_pool_task}: which tasks of a locked pool begin, and how they end. */
public final class PoolQueue {
  /**
   * A task that waits.
   *
   * @param id its id
   * @param name its name
   * @param state pending or paused
   * @param work what it is about
   */
  public record Waiting(long id, String name, PoolTaskState state, PoolStore.Work work) {}

  /**
   * A running task whose run is final or gone.
   *
   * @param id its id
   * @param name its name
   * @param worker the unit that worked on it
   * @param run its run
   * @param came what that came to, null when it is gone
   */
  public record Ended(long id, String name, String worker, String run, @Nullable Came came) {}

  /**
   * What a run came to.
   *
   * @param state final
   * @param endedAt when
   * @param result as JSON
   * @param failure of its last attempt, null when that did not fail
   * @param reason why it was skipped or cancelled
   */
  public record Came(
      RunState state,
      Instant endedAt,
      @Nullable String result,
      @Nullable Failure failure,
      @Nullable String reason) {}

  /**
   * The end of a task.
   *
   * @param id its id
   * @param state final
   * @param at when
   * @param outcome what came out
   */
  public record End(long id, PoolTaskState state, Instant at, Outcome outcome) {}

  /**
   * What came out of a task.
   *
   * @param result as JSON
   * @param failure null unless it ended in an error
   * @param reason who cancelled it, null otherwise
   */
  public record Outcome(
      @Nullable String result, @Nullable Failure failure, @Nullable String reason) {}

  /**
   * A task that begins.
   *
   * @param id its id
   * @param run its run
   */
  public record Begin(long id, String run) {}

  private static final Bulk END =
      Bulk.of(
          """
          update sk_pool_task t set state = :state, active_name = null, ended_at = :ended_at,
            result = :result, failure_type = :failure_type, failure_message = :failure_message,
            failure_trace = :failure_trace, reason = :reason
          where t.app = :app and t.pool = :pool and t.id = :id and t.active_name is not null
          """,
          "state text",
          "ended_at timestamptz",
          "result text",
          "failure_type text",
          "failure_message text",
          "failure_trace text",
          "reason text",
          "app text",
          "pool text",
          "id bigint");

  private static final Bulk BEGIN =
      Bulk.of(
          """
          update sk_pool_task t set state = 'running', run = :run, started_at = :started_at
          where t.app = :app and t.pool = :pool and t.id = :id and t.state = 'pending'
          """,
          "run text",
          "started_at timestamptz",
          "app text",
          "pool text",
          "id bigint");

  /**
   * Returns pools in which a decision is due: a run of theirs is final, or a task may begin.
   * Whoever is at it already may be among them.
   */
  public Set<String> undecided(Session session) {
    return new TreeSet<>(
        session.list(
            """
            select t.pool from sk_pool_task t
            left join sk_run r on r.app = t.app and r.id = t.run
            where t.app = ? and t.state = 'running' and (r.id is null or r.ended_at is not null)
            union
            select p.name from sk_pool p
            where p.app = ? and 'pending' = (
              select t.state from sk_pool_task t
              where t.app = p.app and t.pool = p.name and t.state in ('pending', 'paused')
              order by t.priority desc, t.id limit 1)
            and p.places > (
              select count(*) from sk_pool_task t
              where t.app = p.app and t.pool = p.name and t.state = 'running')
            """,
            row -> row.text(1),
            session.app(),
            session.app()));
  }

  /** Returns running tasks whose run is final or gone, the first so many by id. */
  public List<Ended> ended(Session session, String pool, int limit) {
    return session.list(
        """
        select t.id, t.name, t.worker, t.run, r.state, r.ended_at, r.result, r.failure_type,
          r.failure_message, r.failure_trace, r.reason
        from sk_pool_task t left join sk_run r on r.app = t.app and r.id = t.run
        where t.app = ? and t.pool = ? and t.state = 'running'
          and (r.id is null or r.ended_at is not null)
        order by t.id limit ?
        """,
        PoolQueue::readEnded,
        session.app(),
        pool,
        limit);
  }

  private static Ended readEnded(Session.Row row) throws SQLException {
    String state = row.textOrNull(5);
    return new Ended(
        row.big(1),
        row.text(2),
        row.text(3),
        row.text(4),
        state == null
            ? null
            : new Came(
                RunStore.state(state),
                row.at(6),
                row.textOrNull(7),
                failure(row, 8),
                row.textOrNull(11)));
  }

  /** Reads type, message and trace. */
  static @Nullable Failure failure(Session.Row row, int from) throws SQLException {
    String type = row.textOrNull(from);
    if (type == null) {
      return null;
    }
    String message = row.textOrNull(from + 1);
    String trace = row.textOrNull(from + 2);
    return new Failure(type, message == null ? "" : message, trace == null ? "" : trace, null);
  }

  /** Returns how many tasks have a place. */
  public int running(Session session, String pool) {
    return session
        .first(
            "select count(*) from sk_pool_task where app = ? and pool = ? and state = 'running'",
            row -> row.number(1),
            session.app(),
            pool)
        .orElse(0);
  }

  /**
   * Returns the tasks that may begin, in their order, at most so many: none behind a paused one.
   */
  public List<Waiting> next(Session session, String pool, int limit) {
    List<Waiting> next = new ArrayList<>();
    for (Waiting task :
        session.list(
            """
            select id, name, state, worker, durable, payload, requested_by from sk_pool_task
            where app = ? and pool = ? and state in ('pending', 'paused')
            order by priority desc, id limit ?
            """,
            PoolQueue::readWaiting,
            session.app(),
            pool,
            limit)) {
      if (task.state == PoolTaskState.PAUSED) {
        break;
      }
      next.add(task);
    }
    return next;
  }

  /**
   * A task that would begin.
   *
   * @param id its id
   * @param name its name
   */
  public record Named(long id, String name) {}

  /** Returns all tasks that may begin, in their order: none behind a paused one. */
  public List<Named> order(Session session, String pool) {
    return session.list(
        """
        select t.id, t.name from sk_pool_task t
        where t.app = ? and t.pool = ? and t.state = 'pending' and not exists (
          select 1 from sk_pool_task p
          where p.app = t.app and p.pool = t.pool and p.state = 'paused'
            and (p.priority > t.priority or (p.priority = t.priority and p.id < t.id)))
        order by t.priority desc, t.id
        """,
        row -> new Named(row.big(1), row.text(2)),
        session.app(),
        pool);
  }

  private static Waiting readWaiting(Session.Row row) throws SQLException {
    return new Waiting(
        row.big(1),
        row.text(2),
        PoolStore.state(row.text(3)),
        new PoolStore.Work(row.text(4), row.flag(5), row.textOrNull(6), row.textOrNull(7)));
  }

  /** Lets tasks of a locked pool begin. */
  public void beginIfPending(Session session, String pool, List<Begin> tasks, Instant now) {
    session.bulk(
        BEGIN,
        tasks.stream()
            .map(task -> new @Nullable Object[] {task.run, now, session.app(), pool, task.id})
            .toList());
  }

  /** Ends tasks of a locked pool. */
  public void endIfActive(Session session, String pool, List<End> ends) {
    session.bulk(
        END,
        ends.stream()
            .map(
                end -> {
                  Failure failure = end.outcome.failure;
                  return new @Nullable Object[] {
                    stored(end.state),
                    end.at,
                    end.outcome.result,
                    failure == null ? null : failure.type(),
                    failure == null ? null : failure.message(),
                    failure == null ? null : failure.stackTrace(),
                    end.outcome.reason,
                    session.app(),
                    pool,
                    end.id
                  };
                })
            .toList());
  }

  /**
   * The task that a run works on.
   *
   * @param pool its pool
   * @param id its id
   */
  public record Key(String pool, long id) {}

  /** Returns the task that a run works on. */
  public Optional<Key> byRun(Session session, String run) {
    return session.first(
        "select pool, id from sk_pool_task where app = ? and run = ?",
        row -> new Key(row.text(1), row.big(2)),
        session.app(),
        run);
  }

  /** Returns the tasks of a unit that have not ended. */
  public Set<Key> activeOf(Session session, String unit) {
    return Set.copyOf(
        session.list(
            """
            select pool, id from sk_pool_task
            where app = ? and worker = ? and active_name is not null
            """,
            row -> new Key(row.text(1), row.big(2)),
            session.app(),
            unit));
  }

  /** Returns whether runs of a unit work on tasks. */
  public boolean worksOnTasks(Session session, String unit) {
    return session
        .first(
            """
            select 1 from sk_pool_task
            where app = ? and worker = ? and state = 'running' limit 1
            """,
            row -> row.number(1),
            session.app(),
            unit)
        .isPresent();
  }
}
