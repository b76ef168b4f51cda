import type { Edge, Graph } from "../data/types.ts";

export const BOX = { width: 148, height: 50, gapX: 54, gapY: 26 } as const;

export interface Placed {
  width: number;
  height: number;
  /** Centres of the boxes, by worker. */
  at: Record<string, { x: number; y: number }>;
}

/** What follows what in a graph that has no edges of its own: the order of its mode. */
export function edgesOf(
  graph: Pick<Graph, "mode" | "batchSize" | "edges"> & { nodes: { worker: string }[] },
): Edge[] {
  if (graph.mode === "graph" || graph.edges.length > 0) {
    return graph.edges;
  }
  const columns = columnsOf(graph);
  return columns
    .slice(1)
    .flatMap((column, at) =>
      column.flatMap((to) => (columns[at] ?? []).map((from) => ({ from, to, conditional: false }))),
    );
}

/** The columns of the modes whose order is known: one after another, together, or by groups. */
export function columnsOf(
  graph: Pick<Graph, "mode" | "batchSize"> & { nodes: { worker: string }[] },
): string[][] {
  const workers = graph.nodes.map((node) => node.worker);
  if (graph.mode === "parallel") {
    return [workers];
  }
  const size = graph.mode === "batched" ? Math.max(1, graph.batchSize ?? 1) : 1;
  const columns: string[][] = [];
  for (let at = 0; at < workers.length; at += size) {
    columns.push(workers.slice(at, at + size));
  }
  return columns;
}

export function placeColumns(columns: readonly string[][]): Placed {
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const height = tallest * (BOX.height + BOX.gapY) + BOX.gapY;
  const at: Placed["at"] = {};
  columns.forEach((column, x) => {
    const used = column.length * (BOX.height + BOX.gapY) - BOX.gapY;
    column.forEach((worker, y) => {
      at[worker] = {
        x: BOX.gapY + x * (BOX.width + BOX.gapX) + BOX.width / 2,
        y: (height - used) / 2 + y * (BOX.height + BOX.gapY) + BOX.height / 2,
      };
    });
  });
  return { width: columns.length * (BOX.width + BOX.gapX) - BOX.gapX + 2 * BOX.gapY, height, at };
}

/** A curve from the right side of one box to the left side of another. */
export function curve(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const x1 = from.x + BOX.width / 2;
  const x2 = to.x - BOX.width / 2 - 5;
  const bend = Math.max(24, (x2 - x1) / 2);
  return `M${x1} ${from.y}C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}`;
}
