package io.synchronik.impl.store.node;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
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

  /** Renews the lease of an incarnation that nobody has begun to recover. */
  public boolean renewIfOwn(Session session, String incarnation, Lease lease) {
    return session.update(
            """
            update sk_node set heartbeat_at = ?, lease_until = ?, announced_to = ?
            where app = ? and incarnation = ? and recovered_by is null
            """,
            lease.now,
            lease.until(),
            lease.announcedTo,
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
