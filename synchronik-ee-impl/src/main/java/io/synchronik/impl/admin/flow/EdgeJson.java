package io.synchronik.impl.admin.flow;

import io.synchronik.process.ProcessGraph;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One worker runs after another. */
@Schema(name = "GraphEdge")
record EdgeJson(
    @Schema(description = "the earlier worker") String from,
    @Schema(description = "the later worker") String to,
    @Schema(description = "whether the earlier one's result decides") boolean conditional) {

  static List<EdgeJson> of(List<ProcessGraph.Edge> edges) {
    return edges.stream()
        .map(edge -> new EdgeJson(edge.from().value(), edge.to().value(), edge.conditional()))
        .toList();
  }
}
