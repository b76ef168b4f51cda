import type { Run } from "../data/types.ts";
import { toneOf } from "../part/Badge.tsx";
import { link } from "../shell/route.ts";
import { duration, short, tick, zone } from "../time/time.ts";
import { words } from "../words/en.ts";
import { roundUp } from "./scale.ts";

const WIDTH = 760;
const HEIGHT = 96;
const LEFT = 48;
const FLOOR = 84;

/** Runs as bars: how long each took and how it ended, the newest on the right. */
export function Strip({ runs, slots }: { runs: readonly Run[]; slots: number }) {
  const shown = runs.slice(0, slots).reverse();
  const width = (WIDTH - LEFT) / slots;
  const first = slots - shown.length;
  const lasted = (run: Run) =>
    run.durationMs ??
    (run.startedAt === undefined ? 0 : Math.max(0, tick.value - Date.parse(run.startedAt)));
  const longest = roundUp(Math.max(...shown.map(lasted), 1));
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      class="chart"
      role="group"
      aria-label={words.unit.recent}
    >
      {[0.5, 1].map((share) => (
        <g key={share}>
          <line
            class="grid-line"
            x1={LEFT}
            x2={WIDTH}
            y1={FLOOR - share * 72}
            y2={FLOOR - share * 72}
          />
          <text x={LEFT - 6} y={FLOOR - share * 72 + 4} text-anchor="end">
            {duration(longest * share)}
          </text>
        </g>
      ))}
      {shown.map((run, at) => {
        const height = Math.max(3, (lasted(run) / longest) * 72);
        const x = LEFT + (first + at) * width + 0.8;
        const text = `${words.state[run.state]}, ${short(Date.parse(run.startedAt ?? run.submittedAt), Date.now(), zone.value)}, ${duration(lasted(run))}`;
        return (
          <a key={run.id} href={link(["runs", run.id])} aria-label={text}>
            <title>{text}</title>
            <rect
              class={`fill-${toneOf(run.state)}`}
              x={x}
              y={FLOOR - height}
              width={Math.max(2, width - 1.6)}
              height={height}
              rx="1"
            />
            {run.state === "failed" && (
              <path
                class="stroke-bad"
                d={`M${x + width / 2 - 3.5} ${FLOOR - height - 9}l6 6m0-6l-6 6`}
              />
            )}
          </a>
        );
      })}
      <line class="grid-line" x1={LEFT} x2={WIDTH} y1={FLOOR} y2={FLOOR} />
    </svg>
  );
}
