package io.synchronik.impl.store.pool;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.pool.PoolTaskState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One task of a pool as the rules see it, read without a lock. */
public final class TaskStanding {
  private static final int MOST_BEFORE = 1000;

  /**
   * A task.
   *
   * @param id its number
   * @param state its state
   * @param worker the unit that works on it
   * @param priority those with a higher one begin first
   * @param run that works on it, or null before
   * @param places of its pool
   * @param endedAt when it became final, or null
   * @param failureType of what it failed with, or null
   * @param failureMessage the same failure's message, or null
   */
  public record Standing(
      long id,
      PoolTaskState state,
      String worker,
      int priority,
      @Nullable String run,
      int places,
      @Nullable Instant endedAt,
      @Nullable String failureType,
      @Nullable String failureMessage) {}

  /** Returns a task. */
  public Optional<Standing> find(Session session, String pool, long id) {
    return session.first(
        """
        select t.id, t.state, t.worker, t.priority, t.run, p.places, t.ended_at, t.failure_type,
          t.failure_message
        from sk_pool_task t join sk_pool p on p.app = t.app and p.name = t.pool
        where t.app = ? and t.pool = ? and t.id = ?
        """,
        row ->
            new Standing(
                row.big(1),
                PoolStore.state(row.text(2)),
                row.text(3),
                row.number(4),
                row.textOrNull(5),
                row.number(6),
                row.atOrNull(7),
                row.textOrNull(8),
                row.textOrNull(9)),
        session.app(),
        pool,
        id);
  }

  /** Returns how many tasks begin before one; a thousand at most. */
  public int before(Session session, String pool, Standing task) {
    return session
        .first(
            """
            select count(*) from (
              select 1 from sk_pool_task
              where app = ? and pool = ? and state in ('pending', 'paused')
                and (priority > ? or (priority = ? and id < ?))
              limit ?) b
            """,
            row -> row.number(1),
            session.app(),
            pool,
            task.priority,
            task.priority,
            task.id,
            MOST_BEFORE)
        .orElse(0);
  }

  /** Returns the first paused task that stands before one. */
  public Optional<Long> pausedBefore(Session session, String pool, Standing task) {
    return session.first(
        """
        select id from sk_pool_task
        where app = ? and pool = ? and state = 'paused'
          and (priority > ? or (priority = ? and id < ?))
        order by priority desc, id limit 1
        """,
        row -> row.big(1),
        session.app(),
        pool,
        task.priority,
        task.priority,
        task.id);
  }
}
