package io.synchronik.impl.admin.node;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.node.NodeView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One start of the application on one node, as its last heartbeat told. */
@Schema(name = "Node")
record NodeJson(
    String name,
    @Schema(description = "id of this start of the application on this node") String incarnation,
    @Schema(description = "of the application") String version,
    @Schema(
            description =
                "live; draining: takes nothing more in; empty: has nothing left either; lost: its"
                    + " lease has passed, others take over its work",
            enumeration = {"live", "draining", "empty", "lost"})
        String state,
    Instant startedAt,
    Instant heartbeatAt,
    Instant leaseUntil,
    @Nullable DrainingJson draining,
    @Schema(description = "null before its first heartbeat") @Nullable LoadJson load)
    implements Answer {

  /** An order to take nothing more in. */
  @Schema(name = "NodeDraining")
  record DrainingJson(
      String by,
      Instant since,
      @Schema(description = "since when nothing is left on it") @Nullable Instant emptySince) {}

  /** What a node has to do. */
  @Schema(name = "NodeLoad")
  record LoadJson(
      @Schema(description = "threads of the engine for attempts") int workers,
      @Schema(description = "of those, executing an attempt") int busy,
      @Schema(description = "of those, executing an attempt that ignores its interrupt") int stuck,
      @Schema(description = "of the JVM") int threads,
      long heapUsedBytes,
      @Schema(description = "-1 without a bound") long heapMaxBytes,
      @Schema(description = "share of one processor since the heartbeat before") double cpu,
      @Schema(description = "of the datasource in use; null when the pool does not tell")
          @Nullable Integer connections,
      @Schema(
              description = "how far the node's clock is ahead of the database's",
              example = "PT0.012S")
          String clockOffset) {}

  /** All nodes. */
  @Schema(name = "Nodes")
  record ListJson(List<NodeJson> nodes) implements Answer {}

  static NodeJson of(NodeView node) {
    NodeView.Draining draining = node.draining();
    NodeView.Load load = node.load();
    return new NodeJson(
        node.name(),
        node.incarnation(),
        node.version(),
        node.state().name().toLowerCase(Locale.ROOT),
        node.startedAt(),
        node.heartbeatAt(),
        node.leaseUntil(),
        draining == null
            ? null
            : new DrainingJson(draining.by(), draining.since(), draining.emptySince()),
        load == null
            ? null
            : new LoadJson(
                load.workers(),
                load.busy(),
                load.stuck(),
                load.threads(),
                load.heapUsed(),
                load.heapMax(),
                load.cpu(),
                load.connections(),
                load.clockOffset().toString()));
  }
}
