package io.synchronik.node;

import java.util.List;

/**
 * The nodes of the application, and sending work away from one. Any node may be told by any other.
 * Safe for use by several threads.
 */
public interface Nodes {
  /**
   * Returns the nodes that are there, and those whose work is still being taken over, by name and
   * start. Reads in the caller's transaction when there is one.
   */
  List<NodeView> list();

  /**
   * Lets a node take nothing more in: it fires no schedule and claims no run, item or task of a
   * pool any more, gives back what it has not begun, and executes what it has. It stays so until
   * {@link #resume}, or its next start. The other nodes do the work; when there is none, it waits,
   * and schedules follow their misfire policies afterwards. The node itself does so at once, others
   * with their next heartbeat, which comes within a third of the lease. A node that drains already
   * goes on.
   *
   * <p>Not part of the caller's transaction: done when this returns, whatever becomes of that.
   *
   * @param incarnation of the node
   * @throws UnknownNodeException if there is none, or its lease has passed
   */
  void drain(String incarnation);

  /**
   * Lets a node take work in again, in the way of {@link #drain}. One that does not drain goes on.
   *
   * @param incarnation of the node
   * @throws UnknownNodeException if there is none, or its lease has passed
   */
  void resume(String incarnation);
}
