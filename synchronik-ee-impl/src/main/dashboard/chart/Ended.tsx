import { useState } from "preact/hooks";
import { hourAndMinute, short, zone } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { brief, roundUp } from "./scale.ts";

export interface Bucket {
  from: number;
  completed: number;
  failed: number;
  skipped: number;
}

const WIDTH = 760;
const LEFT = 40;
const TOP = 12;
const FLOOR = 128;
const BELOW = 142;
const DEPTH = 32;
const HEIGHT = 198;

/** Ended runs by time; failures hang below, on a scale of their own: one in a thousand is seen. */
export function Ended({ buckets, label }: { buckets: readonly Bucket[]; label: string }) {
  const [asTable, setAsTable] = useState(false);
  return (
    <>
      <div class="chart-tools">
        <span class="legend ok">{words.state.completed}</span>
        <span class="legend bad">{words.state.failed}</span>
        <span class="legend warn">{words.state.skipped}</span>
        <button type="button" class="plain link" onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asChart : words.asTable}
        </button>
      </div>
      {asTable ? <AsTable buckets={buckets} /> : <AsChart buckets={buckets} label={label} />}
    </>
  );
}

function AsChart({ buckets, label }: { buckets: readonly Bucket[]; label: string }) {
  const width = (WIDTH - LEFT) / Math.max(1, buckets.length);
  const most = roundUp(Math.max(...buckets.map((b) => b.completed), 1));
  const worst = roundUp(Math.max(...buckets.map((b) => b.failed + b.skipped), 1));
  const up = (value: number) => (value / most) * (FLOOR - TOP);
  const down = (value: number) => (value / worst) * DEPTH;
  const every = Math.max(1, Math.ceil(buckets.length / 8));
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      role="img"
      aria-label={label}
      class="chart"
    >
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line
            class="grid-line"
            x1={LEFT}
            x2={WIDTH}
            y1={FLOOR - up(most * share)}
            y2={FLOOR - up(most * share)}
          />
          <text x={LEFT - 6} y={FLOOR - up(most * share) + 4} text-anchor="end">
            {brief(most * share)}
          </text>
        </g>
      ))}
      <line class="grid-line" x1={LEFT} x2={WIDTH} y1={BELOW} y2={BELOW} />
      <text x={LEFT - 6} y={BELOW + DEPTH} text-anchor="end">
        {brief(worst)}
      </text>
      {buckets.map((b, at) => {
        const x = LEFT + at * width + 0.6;
        const w = Math.max(1, width - 1.2);
        return (
          <g key={b.from}>
            <title>
              {`${short(b.from, Date.now(), zone.value)}: ${number(b.completed)} ${words.state.completed}, ${number(b.failed)} ${words.state.failed}, ${number(b.skipped)} ${words.state.skipped}`}
            </title>
            <rect
              class="fill-ok"
              x={x}
              y={FLOOR - up(b.completed)}
              width={w}
              height={up(b.completed)}
              rx="1"
            />
            <rect class="fill-bad" x={x} y={BELOW} width={w} height={down(b.failed)} />
            <rect
              class="fill-warn"
              x={x}
              y={BELOW + down(b.failed)}
              width={w}
              height={down(b.skipped)}
            />
            {at % every === 0 && at > 0 && (
              <text x={x + w / 2} y={HEIGHT - 4} text-anchor="middle">
                {hourAndMinute(b.from, zone.value)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function AsTable({ buckets }: { buckets: readonly Bucket[] }) {
  return (
    <div class="scroll short" role="region" aria-label={words.overview.ended} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.events.at}</th>
            <th scope="col" class="num">
              {words.state.completed}
            </th>
            <th scope="col" class="num">
              {words.state.failed}
            </th>
            <th scope="col" class="num">
              {words.state.skipped}
            </th>
          </tr>
        </thead>
        <tbody>
          {buckets
            .filter((b) => b.completed + b.failed + b.skipped > 0)
            .map((b) => (
              <tr key={b.from}>
                <td>{short(b.from, Date.now(), zone.value)}</td>
                <td class="num">{number(b.completed)}</td>
                <td class="num">{number(b.failed)}</td>
                <td class="num">{number(b.skipped)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
