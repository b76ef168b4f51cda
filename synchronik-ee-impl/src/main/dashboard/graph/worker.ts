import dagre from "@dagrejs/dagre";
import type { Edge } from "../data/types.ts";
import { BOX, type Placed } from "./place.ts";

interface Asked {
  id: number;
  workers: string[];
  edges: Edge[];
}

/** Lays out a graph beside the page's own thread: large ones take seconds. */
self.onmessage = (message: MessageEvent<Asked>) => {
  const { id, workers, edges } = message.data;
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({
    rankdir: "LR",
    nodesep: BOX.gapY,
    ranksep: BOX.gapX,
    marginx: BOX.gapY,
    marginy: BOX.gapY,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const worker of workers) {
    graph.setNode(worker, { width: BOX.width, height: BOX.height });
  }
  for (const edge of edges) {
    graph.setEdge(edge.from, edge.to);
  }
  dagre.layout(graph);
  const at: Placed["at"] = {};
  for (const worker of workers) {
    const node = graph.node(worker) as { x: number; y: number };
    at[worker] = { x: node.x, y: node.y };
  }
  const size = graph.graph() as { width?: number; height?: number };
  const placed: Placed = { width: size.width ?? 0, height: size.height ?? 0, at };
  self.postMessage({ id, placed });
};
