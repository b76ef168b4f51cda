package io.synchronik.node;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One start of the application on one node, as its last heartbeat told; a heartbeat comes with each
 * third of the lease.
 *
 * @param name the node's name
 * @param incarnation id of this start, for commands about it
 * @param version of the application
 * @param state what it does
 * @param startedAt when it registered, by the database's clock
 * @param heartbeatAt its last heartbeat
 * @param leaseUntil others take over its work when there was no heartbeat until then
 * @param draining who asked it to take nothing more in; null when nobody did
 * @param load what it had to do; null before its first heartbeat
 */
public record NodeView(
    String name,
    String incarnation,
    String version,
    NodeState state,
    Instant startedAt,
    Instant heartbeatAt,
    Instant leaseUntil,
    @Nullable Draining draining,
    @Nullable Load load) {

  /**
   * An order to take nothing more in.
   *
   * @param by who gave it
   * @param since when
   * @param emptySince since when nothing is left on the node; null while something is
   */
  public record Draining(String by, Instant since, @Nullable Instant emptySince) {}

  /**
   * What a node had to do.
   *
   * @param workers threads of the engine for attempts
   * @param busy of those, executing an attempt
   * @param stuck of those, executing an attempt that ignores its interrupt
   * @param threads of the JVM
   * @param heapUsed bytes of heap in use
   * @param heapMax upper bound in bytes; −1 when there is none
   * @param cpu share of one processor since the heartbeat before, 0 to the number of processors
   * @param connections of the datasource in use; null when the pool does not tell
   * @param clockOffset how far the node's clock was ahead of the database's; negative when behind
   */
  public record Load(
      int workers,
      int busy,
      int stuck,
      int threads,
      long heapUsed,
      long heapMax,
      double cpu,
      @Nullable Integer connections,
      Duration clockOffset) {}
}
