import type { Graph, Step } from "../data/types.ts";
import { toneOf } from "../part/Badge.tsx";
import { duration, tick } from "../time/time.ts";
import { words } from "../words/en.ts";
import { useLayout } from "./layout.ts";
import { BOX, curve, edgesOf } from "./place.ts";

interface Drawn {
  graph: Pick<Graph, "mode" | "batchSize" | "edges"> & { nodes: (Step | { worker: string })[] };
  chosen?: string | undefined;
  onChoose?: (worker: string) => void;
}

const ENDED = new Set(["completed", "failed", "skipped", "canceled"]);

/** The workers of a process and what follows what, with where each stands in a run. */
export function Flow({ graph, chosen, onChoose }: Drawn) {
  const placed = useLayout(graph);
  if (placed === undefined) {
    return <p class="dim pad">{words.loading}</p>;
  }
  const states = new Map(graph.nodes.map((node) => [node.worker, stateOf(node)]));
  return (
    <div class="scroll flow" role="region" aria-label={words.run.flow} tabIndex={0}>
      <svg width={placed.width} height={placed.height} role="group" aria-label={words.run.flow}>
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" class="arrow" />
          </marker>
        </defs>
        {edgesOf(graph).map((edge) => {
          const from = placed.at[edge.from];
          const to = placed.at[edge.to];
          const gone = states.get(edge.from);
          return from === undefined || to === undefined ? null : (
            <path
              key={`${edge.from} ${edge.to}`}
              d={curve(from, to)}
              marker-end="url(#arrow)"
              class={`edge ${gone === "completed" ? "done" : ""} ${edge.conditional ? "dashed" : ""}`}
            />
          );
        })}
        {graph.nodes.map((node) => (
          <Box
            key={node.worker}
            node={node}
            at={placed.at[node.worker] ?? { x: 0, y: 0 }}
            conditional={graph.edges.some((edge) => edge.conditional && edge.to === node.worker)}
            chosen={chosen === node.worker}
            {...(onChoose === undefined ? {} : { onChoose })}
          />
        ))}
      </svg>
    </div>
  );
}

function stateOf(node: Step | { worker: string }): string {
  return "state" in node ? node.state : "";
}

interface Boxed {
  node: Step | { worker: string };
  at: { x: number; y: number };
  conditional: boolean;
  chosen: boolean;
  onChoose?: (worker: string) => void;
}

function Box({ node, at, conditional, chosen, onChoose }: Boxed) {
  const state = stateOf(node);
  const tone = state === "" ? "mute" : toneOf(state);
  const x = at.x - BOX.width / 2;
  const y = at.y - BOX.height / 2;
  const below = state === "" ? "" : belowOf(node as Step);
  const choose = () => onChoose?.(node.worker);
  return (
    <g
      role="button"
      tabIndex={onChoose === undefined ? -1 : 0}
      aria-pressed={chosen}
      class={`box ${chosen ? "chosen" : ""} ${ENDED.has(state) && state !== "completed" && state !== "failed" ? "faded" : ""}`}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose();
        }
      }}
    >
      {fitted(node.worker) !== node.worker && <title>{node.worker}</title>}
      {conditional && (
        <g>
          <rect x={x + 10} y={y - 14} width={30} height={16} rx={5} class="tab" />
          <text x={x + 25} y={y - 3} text-anchor="middle">
            {words.run.condition}
          </text>
        </g>
      )}
      <rect x={x} y={y} width={BOX.width} height={BOX.height} rx={7} class="box-back" />
      <rect x={x} y={y} width={5} height={BOX.height} rx={2} class={`fill-${tone}`} />
      <text x={x + 16} y={y + 21} class="box-name">
        {fitted(node.worker)}
      </text>
      <text x={x + 16} y={y + 38} class="box-state">
        {state === "" ? "" : `${words.state[state] ?? state}${below === "" ? "" : ` · ${below}`}`}
      </text>
    </g>
  );
}

function fitted(name: string): string {
  return name.length <= 18 ? name : `${name.slice(0, 17)}…`;
}

function belowOf(step: Step): string {
  const attempts = step.attempts > 1 ? `×${step.attempts}` : "";
  const time =
    step.durationMs !== undefined
      ? duration(step.durationMs)
      : step.state === "running" && step.startedAt !== undefined
        ? duration(Math.max(0, tick.value - Date.parse(step.startedAt)))
        : "";
  return [time, attempts].filter((part) => part !== "").join(" ");
}
