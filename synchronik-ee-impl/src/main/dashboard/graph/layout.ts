import { useEffect, useState } from "preact/hooks";
import type { Graph } from "../data/types.ts";
import { columnsOf, type Placed, placeColumns } from "./place.ts";

type Layable = Pick<Graph, "mode" | "batchSize" | "edges"> & { nodes: { worker: string }[] };

let worker: Worker | undefined;
let asked = 0;
const waiting = new Map<number, (placed: Placed) => void>();

function byDagre(graph: Layable): Promise<Placed> {
  if (worker === undefined) {
    worker = new Worker("layout.js", { type: "module" });
    worker.onmessage = (message: MessageEvent<{ id: number; placed: Placed }>) => {
      waiting.get(message.data.id)?.(message.data.placed);
      waiting.delete(message.data.id);
    };
  }
  const id = ++asked;
  const answer = new Promise<Placed>((resolve) => waiting.set(id, resolve));
  worker.postMessage({ id, workers: graph.nodes.map((node) => node.worker), edges: graph.edges });
  return answer;
}

/** Where the boxes stand; nothing while a large graph is laid out. Positions do not change with states. */
export function useLayout(graph: Layable): Placed | undefined {
  const key = JSON.stringify([
    graph.mode,
    graph.batchSize,
    graph.nodes.map((n) => n.worker),
    graph.edges,
  ]);
  const [placed, setPlaced] = useState<{ key: string; placed: Placed } | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    if (graph.mode !== "graph") {
      setPlaced({ key, placed: placeColumns(columnsOf(graph)) });
    } else {
      void byDagre(graph).then((answer) => {
        if (wanted) {
          setPlaced({ key, placed: answer });
        }
      });
    }
    return () => {
      wanted = false;
    };
  }, [key]);
  return placed?.key === key ? placed.placed : undefined;
}
