package io.synchronik.impl.store.pool;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code sk_pool_task}: removal of what has become old, in small bites. */
public final class PoolRetention {
  /** A task that has ended. */
  private record Key(String pool, long id) {}

  /** The first that is not kept. */
  private record Oldest(Instant endedAt, long id) {}

  /** Removes tasks that ended before a time; returns how many, at most so many. */
  public int removeBefore(Session session, Instant time, int bite) {
    return remove(
        session,
        session.list(
            """
            select t.pool, t.id from sk_pool p
            join sk_pool_task t on t.app = p.app and t.pool = p.name
            where p.app = ? and t.ended_at < ? limit ?
            """,
            row -> new Key(row.text(1), row.big(2)),
            session.app(),
            time,
            bite));
  }

  /** Removes ended tasks of a pool beyond the latest so many; returns how many, at most so many. */
  public int removeBeyond(Session session, String pool, int keep, int bite) {
    Optional<Oldest> last =
        session.first(
            """
            select ended_at, id from sk_pool_task where app = ? and pool = ? and ended_at is not null
            order by ended_at desc, id desc limit 1 offset ?
            """,
            row -> new Oldest(row.at(1), row.big(2)),
            session.app(),
            pool,
            keep);
    if (last.isEmpty()) {
      return 0;
    }
    // From the oldest on: behind those that are kept lie those that were removed a moment ago
    return remove(
        session,
        session.list(
            """
            select pool, id from sk_pool_task where app = ? and pool = ? and ended_at <= ?
              and (ended_at < ? or id <= ?)
            order by ended_at, id limit ?
            """,
            row -> new Key(row.text(1), row.big(2)),
            session.app(),
            pool,
            last.get().endedAt,
            last.get().endedAt,
            last.get().id,
            bite));
  }

  /**
   * Returns the names of pools that may have more than so many ended tasks: ids are given without a
   * gap, so that a pool has no more when the latest so many ids are all that it has ended.
   */
  public List<String> poolsBeyond(Session session, int keep) {
    return session.list(
        """
        select p.name from sk_pool p where p.app = ? and p.last_task - ? >= (
          select t.id from sk_pool_task t
          where t.app = p.app and t.pool = p.name and t.ended_at is not null
          order by t.id limit 1)
        order by p.name
        """,
        row -> row.text(1),
        session.app(),
        keep);
  }

  private static int remove(Session session, List<Key> found) {
    Map<String, List<Long>> ids = new TreeMap<>();
    found.forEach(task -> ids.computeIfAbsent(task.pool, pool -> new ArrayList<>()).add(task.id));
    List<Key> tasks = new ArrayList<>();
    ids.forEach((pool, of) -> tasks.addAll(lockFree(session, pool, of)));
    session.batch(
        "delete from sk_pool_task where app = ? and pool = ? and id = ?",
        tasks.stream()
            .map(task -> new @Nullable Object[] {session.app(), task.pool, task.id})
            .toList());
    return tasks.size();
  }

  private static List<Key> lockFree(Session session, String pool, List<Long> ids) {
    return session.list(
        """
        select id from sk_pool_task where app = ? and pool = ? and id = any(?)
        for update skip locked
        """,
        row -> new Key(pool, row.big(1)),
        session.app(),
        pool,
        ids);
  }

  /** Returns workers of an implementation that no live node knows, with nothing left to do. */
  public List<String> forgottenWorkers(Session session, String implementation, Instant now) {
    return session.list(
        """
        select u.id from sk_unit u
        where u.app = ? and u.implementation = ? and u.active_runs = 0
          and not exists (
            select 1 from sk_run r
            where r.app = u.app and r.unit = u.id and r.ended_at is null)
          and not exists (
            select 1 from sk_pool_task t
            where t.app = u.app and t.worker = u.id and t.active_name is not null)
          and not exists (
            select 1 from sk_node_unit k
            join sk_node n on n.app = k.app and n.incarnation = k.incarnation
            where k.app = u.app and k.unit = u.id and n.lease_until >= ?)
        """,
        row -> row.text(1),
        session.app(),
        implementation,
        now);
  }
}
