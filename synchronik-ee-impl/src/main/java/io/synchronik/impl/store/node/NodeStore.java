package io.synchronik.impl.store.node;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code sk_node} and {@code sk_node_unit}: leases, and who knows which unit. */
public final class NodeStore {
  /**
   * An incarnation whose lease has passed.
   *
   * @param incarnation its id
   * @param announcedTo its batches of events up to this id were announced
   */
  public record Expired(String incarnation, String announcedTo) {}

  /** Registers an incarnation with a fresh lease. */
  public void register(
      Session session, RunStore.Claimer node, String version, int workers, Lease lease) {
    session.update(
        """
        insert into sk_node (app, incarnation, name, version, workers, started_at, heartbeat_at,
          lease_until, announced_to)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        session.app(),
        node.incarnation(),
        node.node(),
        version,
        workers,
        lease.now,
        lease.now,
        lease.until(),
        lease.announcedTo);
  }

  /**
   * A lease to write.
   *
   * @param now database time
   * @param length how long it lasts
   * @param announcedTo the node's batches of events up to this id are announced
   */
  public record Lease(Instant now, Duration length, String announcedTo) {
    Instant until() {
      return now.plus(length);
    }
  }

  /**
   * What a heartbeat tells beside the lease.
   *
   * @param busy threads that execute an attempt
   * @param stuck of those, ignoring their interrupt
   * @param threads of the JVM
   * @param heapUsed bytes
   * @param heapMax bytes; −1 without a bound
   * @param cpu share of one processor
   * @param connections in use; null when not known
   * @param clockOffset of this node to the database
   * @param empty takes nothing in, and has nothing left
   */
  public record Load(
      int busy,
      int stuck,
      int threads,
      long heapUsed,
      long heapMax,
      double cpu,
      @Nullable Integer connections,
      Duration clockOffset,
      boolean empty) {}

  /** Renews the lease of an incarnation that nobody has begun to recover. */
  public boolean renewIfOwn(Session session, String incarnation, Lease lease, Load load) {
    return session.update(
            """
            update sk_node set heartbeat_at = ?, lease_until = ?, announced_to = ?,
              busy = ?, stuck = ?, threads = ?, heap_bytes = ?, heap_max_bytes = ?, cpu = ?,
              connections = ?, clock_offset_ms = ?,
              empty_since = case when ? then coalesce(empty_since, heartbeat_at) end
            where app = ? and incarnation = ? and recovered_by is null
            """,
            lease.now,
            lease.until(),
            lease.announcedTo,
            load.busy,
            load.stuck,
            load.threads,
            load.heapUsed,
            load.heapMax,
            load.cpu,
            load.connections,
            load.clockOffset.toMillis(),
            load.empty,
            session.app(),
            incarnation)
        == 1;
  }

  /**
   * Takes an incarnation whose lease has passed, so that only this node recovers it for a while.
   */
  public Optional<Expired> takeExpired(
      Session session, String recoverer, Instant now, Duration reservation) {
    Optional<Expired> expired =
        session.first(
            """
            select incarnation, announced_to from sk_node
            where app = ? and lease_until < ? order by lease_until limit 1
            """
                + session.dialect().skipLocked(),
            row -> new Expired(row.text(1), row.text(2)),
            session.app(),
            now);
    return expired.filter(
        node ->
            session.update(
                    """
                    update sk_node set recovered_by = ?, lease_until = ?
                    where app = ? and incarnation = ? and lease_until < ?
                    """,
                    recoverer,
                    now.plus(reservation),
                    session.app(),
                    node.incarnation,
                    now)
                == 1);
  }

  /** Ends a lease, so that others take over at once. */
  public void expire(Session session, String incarnation, Instant now, String announcedTo) {
    session.update(
        "update sk_node set lease_until = ?, announced_to = ? where app = ? and incarnation = ?",
        now.minusMillis(1),
        announcedTo,
        session.app(),
        incarnation);
  }

  /** Removes an incarnation. */
  public void remove(Session session, String incarnation) {
    session.update(
        "delete from sk_node_unit where app = ? and incarnation = ?", session.app(), incarnation);
    session.update(
        "delete from sk_node where app = ? and incarnation = ?", session.app(), incarnation);
  }

  /** Notes which units an incarnation knows. */
  public void addKnown(Session session, String incarnation, Collection<String> units) {
    session.batch(
        "insert into sk_node_unit (app, incarnation, unit) values (?, ?, ?)"
            + session.dialect().orNothing(),
        units.stream()
            .map(unit -> new @Nullable Object[] {session.app(), incarnation, unit})
            .toList());
  }

  /** Notes that an incarnation knows a unit no more. */
  public void removeKnown(Session session, String incarnation, String unit) {
    session.update(
        "delete from sk_node_unit where app = ? and incarnation = ? and unit = ?",
        session.app(),
        incarnation,
        unit);
  }

  /** Notes that an incarnation knows no unit. */
  public void removeKnown(Session session, String incarnation) {
    session.update(
        "delete from sk_node_unit where app = ? and incarnation = ?", session.app(), incarnation);
  }

  /**
   * Returns the name of another node with a valid lease that knows a unit and runs the same version
   * of the application.
   */
  public Optional<String> otherWith(
      Session session, String incarnation, String version, String unit, Instant now) {
    return session.first(
        """
        select n.name from sk_node_unit k
        join sk_node n on n.app = k.app and n.incarnation = k.incarnation
        where k.app = ? and k.unit = ? and k.incarnation <> ? and n.version = ?
          and n.lease_until >= ? and n.recovered_by is null
        order by n.name limit 1
        """,
        row -> row.text(1),
        session.app(),
        unit,
        incarnation,
        version,
        now);
  }

  /** Returns those of some units that any node with a valid lease knows. */
  public Set<String> known(Session session, Collection<String> units, Instant now) {
    return units.isEmpty()
        ? Set.of()
        : new HashSet<>(
            session.list(
                """
                select distinct k.unit from sk_node_unit k
                join sk_node n on n.app = k.app and n.incarnation = k.incarnation
                where k.app = ? and k.unit = any(?) and n.lease_until >= ?
                  and n.recovered_by is null
                """,
                row -> row.text(1),
                session.app(),
                units,
                now));
  }

  /**
   * An order to take nothing in.
   *
   * @param since when it was given
   * @param by who gave it
   */
  public record Draining(Instant since, String by) {}

  /**
   * The nodes as one of them has to know them.
   *
   * @param live how many have a valid lease
   * @param draining an order to this one; null when there is none
   * @param bulk whether there are bulk actions that nobody carries out
   */
  public record Present(int live, @Nullable Draining draining, boolean bulk) {}

  /** Returns how an incarnation stands among the others. */
  public Present present(Session session, String incarnation, Instant now) {
    int live = 0;
    Draining own = null;
    boolean bulk = false;
    for (Standing one : standings(session, now)) {
      live += one.live ? 1 : 0;
      own = one.incarnation.equals(incarnation) ? one.draining : own;
      bulk = one.bulk;
    }
    return new Present(live, own, bulk);
  }

  private record Standing(
      String incarnation, boolean live, @Nullable Draining draining, boolean bulk) {}

  private static List<Standing> standings(Session session, Instant now) {
    return session.list(
        """
        select incarnation, lease_until >= ? and recovered_by is null, draining_since, draining_by,
          exists (select 1 from sk_bulk where app = ? and taken_until <= ?)
        from sk_node where app = ?
        """,
        row -> {
          Instant since = row.atOrNull(3);
          return new Standing(
              row.text(1),
              row.flag(2),
              since == null ? null : new Draining(since, row.text(4)),
              row.flag(5));
        },
        now,
        session.app(),
        now,
        session.app());
  }

  /** Gives an incarnation the order that the one before it had. */
  public void drain(Session session, String incarnation, Draining order) {
    session.update(
        """
        update sk_node set draining_since = ?, draining_by = ? where app = ? and incarnation = ?
        """,
        order.since,
        order.by,
        session.app(),
        incarnation);
  }

  /** Returns how many nodes have a valid lease. */
  public int countLive(Session session, Instant now) {
    return session
        .first(
            """
            select count(*) from sk_node
            where app = ? and lease_until >= ? and recovered_by is null
            """,
            row -> row.number(1),
            session.app(),
            now)
        .orElse(0);
  }
}
