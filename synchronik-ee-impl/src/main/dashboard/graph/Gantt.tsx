import type { Step } from "../data/types.ts";
import { toneOf } from "../part/Badge.tsx";
import { clock, duration, tick, zone } from "../time/time.ts";
import { words } from "../words/en.ts";

const WIDTH = 760;
const LEFT = 140;
const ROW = 25;
const HEAD = 24;

interface Shown {
  steps: readonly Step[];
  startedAt: string;
  endedAt?: string | undefined;
}

/** When each step ran. */
export function Gantt({ steps, startedAt, endedAt }: Shown) {
  const from = Date.parse(startedAt);
  const to = Math.max(endedAt === undefined ? tick.value : Date.parse(endedAt), from + 1000);
  const x = (at: number) => LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT - 10);
  const height = HEAD + steps.length * ROW;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height + 6}`}
      width="100%"
      class="chart"
      role="img"
      aria-label={words.run.time}
    >
      {[0, 0.25, 0.5, 0.75, 1].map((share) => {
        const at = from + share * (to - from);
        return (
          <g key={share}>
            <line class="grid-line" x1={x(at)} x2={x(at)} y1={HEAD - 4} y2={height} />
            <text
              x={x(at)}
              y={14}
              text-anchor={share === 0 ? "start" : share === 1 ? "end" : "middle"}
            >
              {clock(at, zone.value)}
            </text>
          </g>
        );
      })}
      {steps.map((step, row) => {
        const y = HEAD + row * ROW;
        const begun = step.startedAt === undefined ? undefined : Date.parse(step.startedAt);
        const ended = step.endedAt === undefined ? to : Date.parse(step.endedAt);
        return (
          <g key={step.worker}>
            <text x={4} y={y + 16} class="box-name">
              {step.worker.length <= 20 ? step.worker : `${step.worker.slice(0, 19)}…`}
            </text>
            {begun !== undefined && (
              <>
                <rect
                  class={`fill-${toneOf(step.state)}`}
                  x={x(begun)}
                  y={y + 4}
                  width={Math.max(3, x(ended) - x(begun))}
                  height={16}
                  rx={3}
                >
                  <title>{`${step.worker}: ${words.state[step.state] ?? step.state}, ${duration(ended - begun)}`}</title>
                </rect>
                {step.attempts > 1 && (
                  <text
                    x={Math.min(x(ended) + 5, WIDTH - 24)}
                    y={y + 16}
                  >{`×${step.attempts}`}</text>
                )}
              </>
            )}
            {begun === undefined && step.reason !== undefined && (
              <text
                x={LEFT + 4}
                y={y + 16}
              >{`${words.state[step.state] ?? step.state}: ${step.reason}`}</text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
