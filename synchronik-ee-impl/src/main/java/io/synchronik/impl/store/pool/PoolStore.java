package io.synchronik.impl.store.pool;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jpa.EnumColumns;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.pool.PoolTaskState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_pool} and {@code sk_pool_task}: what people do to pools and to tasks that wait. */
public final class PoolStore {
  /**
   * A pool, locked.
   *
   * @param name its name
   * @param places how many tasks may run at once
   * @param declared the size that the code gave last
   * @param lastTask id of the task that was added last, 0 for none
   */
  public record Pool(String name, int places, int declared, long lastTask) {}

  /**
   * A task to insert.
   *
   * @param pool its pool
   * @param id its id
   * @param name its name
   * @param work what it is about
   * @param priority its place in the order
   */
  public record New(String pool, long id, String name, Work work, int priority) {}

  /**
   * What a task is about.
   *
   * @param worker the unit that works on it
   * @param durable false when its code is in memory
   * @param payload as JSON
   * @param by who asked
   */
  public record Work(
      String worker, boolean durable, @Nullable String payload, @Nullable String by) {}

  /**
   * A task of a locked pool.
   *
   * @param id its id
   * @param name its name
   * @param state its state
   * @param worker the unit that works on it
   */
  public record Task(long id, String name, PoolTaskState state, String worker) {}

  private static final String POOL = "select name, places, declared, last_task from sk_pool";

  /** Creates a pool when there is none; tells whether it did. */
  public boolean createIfMissing(Session session, String name, int size, Instant now) {
    return session.update(
            """
            insert into sk_pool (app, name, places, declared, last_task, created_at)
            select ?, ?, cast(? as integer), cast(? as integer), 0,
              cast(? as timestamp with time zone)
            where not exists (select 1 from sk_pool where app = ? and name = ?)
            """
                + session.dialect().orNothing(),
            session.app(),
            name,
            size,
            size,
            now,
            session.app(),
            name)
        == 1;
  }

  /** Locks a pool, waiting for it. */
  public Optional<Pool> lock(Session session, String name) {
    return session.first(
        POOL + " where app = ? and name = ? for update", PoolStore::readPool, session.app(), name);
  }

  /** Locks a pool when nobody else holds it. */
  public Optional<Pool> tryLock(Session session, String name) {
    return session.first(
        POOL + " where app = ? and name = ? for update skip locked",
        PoolStore::readPool,
        session.app(),
        name);
  }

  /** Tells whether there is a pool. */
  public boolean exists(Session session, String name) {
    return session
        .first(
            "select 1 from sk_pool where app = ? and name = ?",
            row -> row.number(1),
            session.app(),
            name)
        .isPresent();
  }

  private static Pool readPool(Session.Row row) throws SQLException {
    return new Pool(row.text(1), row.number(2), row.number(3), row.big(4));
  }

  /** Sets the size of a locked pool. */
  public void resize(Session session, String name, int places, int declared) {
    session.update(
        "update sk_pool set places = ?, declared = ? where app = ? and name = ?",
        places,
        declared,
        session.app(),
        name);
  }

  /** Inserts a task into a locked pool, and notes its id as the last one. */
  public void insert(Session session, New task, Instant now) {
    session.update(
        """
        insert into sk_pool_task (app, pool, id, name, active_name, state, worker, durable, priority,
          payload, requested_by, added_at)
        values (?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)
        """,
        session.app(),
        task.pool,
        task.id,
        task.name,
        task.name,
        task.work.worker,
        task.work.durable,
        task.priority,
        task.work.payload,
        task.work.by,
        now);
    session.update(
        "update sk_pool set last_task = ? where app = ? and name = ?",
        task.id,
        session.app(),
        task.pool);
  }

  /** Returns the task of a name that has not ended. */
  public Optional<Task> active(Session session, String pool, String name) {
    return session.first(
        """
        select id, name, state, worker from sk_pool_task
        where app = ? and pool = ? and active_name = ?
        """,
        PoolStore::readTask,
        session.app(),
        pool,
        name);
  }

  /** Returns a task. */
  public Optional<Task> find(Session session, String pool, long id) {
    return session.first(
        "select id, name, state, worker from sk_pool_task where app = ? and pool = ? and id = ?",
        PoolStore::readTask,
        session.app(),
        pool,
        id);
  }

  private static Task readTask(Session.Row row) throws SQLException {
    return new Task(row.big(1), row.text(2), state(row.text(3)), row.text(4));
  }

  static PoolTaskState state(String text) {
    return EnumColumns.value(PoolTaskState.class, text);
  }

  /** Moves a task between pending and paused; tells whether it was in the other state. */
  public boolean moveIfWaiting(Session session, String pool, long id, PoolTaskState to) {
    PoolTaskState from = to == PoolTaskState.PAUSED ? PoolTaskState.PENDING : PoolTaskState.PAUSED;
    return session.update(
            "update sk_pool_task set state = ? where app = ? and pool = ? and id = ? and state = ?",
            RunStore.stored(to),
            session.app(),
            pool,
            id,
            RunStore.stored(from))
        == 1;
  }

  /** Cancels a task that has not begun. */
  public boolean cancelIfWaiting(Session session, String pool, long id, String by, Instant now) {
    return session.update(
            """
            update sk_pool_task set state = 'canceled', active_name = null, ended_at = ?, reason = ?
            where app = ? and pool = ? and id = ? and state in ('pending', 'paused')
            """,
            now,
            by,
            session.app(),
            pool,
            id)
        == 1;
  }

  /** Changes the priority of a task that has not begun. */
  public boolean prioritizeIfWaiting(Session session, String pool, long id, int priority) {
    return session.update(
            """
            update sk_pool_task set priority = ?
            where app = ? and pool = ? and id = ? and state in ('pending', 'paused')
            """,
            priority,
            session.app(),
            pool,
            id)
        == 1;
  }

  /** Changes the payload of a task that has not begun. */
  public boolean givePayloadIfWaiting(
      Session session, String pool, long id, @Nullable String payload) {
    return session.update(
            """
            update sk_pool_task set payload = ?
            where app = ? and pool = ? and id = ? and state in ('pending', 'paused')
            """,
            payload,
            session.app(),
            pool,
            id)
        == 1;
  }
}
