package io.synchronik.impl.store.node;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.Session.Row;
import io.synchronik.node.NodeState;
import io.synchronik.node.NodeView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes tell of themselves in {@code sk_node}, and whether they are to take anything in. */
public final class NodeRows {
  /** Returns all that are there, whether their lease has passed or not. */
  public List<NodeView> all(Session session, Instant now) {
    return session.list(
        """
        select name, incarnation, version, started_at, heartbeat_at, lease_until,
          draining_since, draining_by, empty_since, recovered_by,
          workers, busy, stuck, threads, heap_bytes, heap_max_bytes, cpu, connections,
          clock_offset_ms
        from sk_node where app = ? order by name, started_at, incarnation
        """,
        row -> view(row, now),
        session.app());
  }

  private static NodeView view(Row row, Instant now) throws SQLException {
    Instant leaseUntil = row.at(6);
    Instant since = row.atOrNull(7);
    NodeView.Draining draining =
        since == null ? null : new NodeView.Draining(row.text(8), since, row.atOrNull(9));
    boolean lost = leaseUntil.isBefore(now) || row.textOrNull(10) != null;
    return new NodeView(
        row.text(1),
        row.text(2),
        row.text(3),
        lost ? NodeState.LOST : state(draining),
        row.at(4),
        row.at(5),
        leaseUntil,
        draining,
        load(row));
  }

  private static NodeState state(NodeView.@Nullable Draining draining) {
    if (draining == null) {
      return NodeState.LIVE;
    }
    return draining.emptySince() == null ? NodeState.DRAINING : NodeState.EMPTY;
  }

  private static NodeView.@Nullable Load load(Row row) throws SQLException {
    Long busy = row.bigOrNull(12);
    if (busy == null) {
      return null;
    }
    Long connections = row.bigOrNull(18);
    return new NodeView.Load(
        row.number(11),
        busy.intValue(),
        row.number(13),
        row.number(14),
        row.big(15),
        row.big(16),
        row.decimal(17),
        connections == null ? null : connections.intValue(),
        Duration.ofMillis(row.big(19)));
  }

  /** Lets a node take nothing more in; returns false when it is not there. */
  public boolean drain(Session session, String incarnation, String by, Instant now) {
    return session.update(
            """
            update sk_node set draining_by = case when draining_since is null then ? else draining_by end,
              draining_since = coalesce(draining_since, ?)
            where app = ? and incarnation = ? and lease_until >= ? and recovered_by is null
            """,
            by,
            now,
            session.app(),
            incarnation,
            now)
        == 1;
  }

  /** Lets a node take work in again; returns false when it is not there. */
  public boolean resume(Session session, String incarnation, Instant now) {
    return session.update(
            """
            update sk_node set draining_since = null, draining_by = null, empty_since = null
            where app = ? and incarnation = ? and lease_until >= ? and recovered_by is null
            """,
            session.app(),
            incarnation,
            now)
        == 1;
  }
}
