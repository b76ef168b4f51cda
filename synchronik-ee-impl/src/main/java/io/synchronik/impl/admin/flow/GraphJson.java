package io.synchronik.impl.admin.flow;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.process.ProcessGraph;
import io.synchronik.process.RunMode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The workers of a process and what runs after what. */
@Schema(name = "Graph")
public record GraphJson(
    @Schema(enumeration = {"sequential", "parallel", "batched", "isolated", "graph"}) String mode,
    @Nullable @Schema(description = "workers per group; only when batched") Integer batchSize,
    @Nullable @Schema(description = "in ISO-8601; only when isolated") String isolationDelay,
    @Schema(enumeration = {"stop", "continue", "tolerate"}) String failurePolicy,
    @Schema(description = "in the order of the definition") List<Node> nodes,
    List<EdgeJson> edges)
    implements Answer {

  /** One worker. */
  @Schema(name = "GraphNode")
  record Node(@Schema(description = "id of the unit") String worker) {}

  public static GraphJson of(ProcessGraph graph) {
    RunMode mode = graph.order().mode();
    return new GraphJson(
        EnumText.write(mode),
        mode == RunMode.BATCHED ? graph.order().batchSize() : null,
        mode == RunMode.ISOLATED ? graph.order().isolationDelay().toString() : null,
        EnumText.write(graph.failurePolicy()),
        graph.workers().stream().map(worker -> new Node(worker.value())).toList(),
        EdgeJson.of(graph.edges()));
  }
}
