package io.synchronik.impl.store.node;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which nodes could do what, by {@code sk_node} and {@code sk_node_unit}. */
public final class NodeKnowledge {
  /**
   * A node with a valid lease.
   *
   * @param name its name
   * @param incarnation its incarnation
   * @param draining whether it takes nothing more in
   * @param workers threads for attempts
   * @param busy of those, at its last heartbeat; null before the first
   */
  public record Able(
      String name, String incarnation, boolean draining, int workers, @Nullable Long busy) {}

  /** Returns the nodes that have the code of a unit. */
  public List<Able> knowing(Session session, String unit, Instant now) {
    return session.list(
        """
        select n.name, n.incarnation, n.draining_since is not null, n.workers, n.busy
        from sk_node_unit k join sk_node n on n.app = k.app and n.incarnation = k.incarnation
        where k.app = ? and k.unit = ? and n.lease_until >= ? and n.recovered_by is null
        order by n.name
        """,
        row -> new Able(row.text(1), row.text(2), row.flag(3), row.number(4), row.bigOrNull(5)),
        session.app(),
        unit,
        now);
  }

  /** Returns whether an incarnation has a valid lease. */
  public boolean isLive(Session session, String incarnation, Instant now) {
    return session
        .first(
            """
            select 1 from sk_node
            where app = ? and incarnation = ? and lease_until >= ? and recovered_by is null
            """,
            row -> true,
            session.app(),
            incarnation,
            now)
        .orElse(false);
  }
}
