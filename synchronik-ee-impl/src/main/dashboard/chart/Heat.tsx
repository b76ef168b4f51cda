import { useState } from "preact/hooks";
import { day, hourAndMinute, short, tick, zone } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { type Cell, strength } from "./heat.ts";

const LEFT = 82;
const WIDTH = 34;
const HEIGHT = 28;
const TOP = 18;

interface Shown {
  label: string;
  days: readonly Cell[][];
  href: (cell: Cell) => string;
  chosen?: number | undefined;
}

/** Starts by day and hour: those that were in one colour, those to come in another. */
export function Heat(shown: Shown) {
  const [asTable, setAsTable] = useState(false);
  return (
    <>
      <div class="chart-tools">
        <span class="legend run">{words.calendar.started}</span>
        <span class="legend wait">{words.calendar.coming}</span>
        <span class="legend warn">{words.calendar.misfired}</span>
        <button type="button" class="plain link" onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asChart : words.asTable}
        </button>
      </div>
      {asTable ? <AsTable {...shown} /> : <AsChart {...shown} />}
    </>
  );
}

function said(cell: Cell): string {
  return [
    `${day(cell.from, zone.value)} ${hourAndMinute(cell.from, zone.value)}`,
    ...(["started", "failed", "misfired", "coming"] as const)
      .filter((name) => cell[name] > 0)
      .map((name) => `${number(cell[name])} ${words.calendar[name]}`),
  ].join(", ");
}

function isEmpty(cell: Cell): boolean {
  return cell.started + cell.failed + cell.misfired + cell.coming === 0;
}

function AsChart({ label, days, href, chosen }: Shown) {
  const all = days.flat();
  const most = Math.max(...all.map((cell) => Math.max(cell.started, cell.coming)), 1);
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <svg
        viewBox={`0 0 ${LEFT + 24 * WIDTH} ${TOP + days.length * HEIGHT}`}
        role="group"
        aria-label={label}
        class="chart heat"
      >
        {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
          <text key={hour} x={LEFT + hour * WIDTH + 2} y={12}>
            {String(hour).padStart(2, "0")}
          </text>
        ))}
        {days.map((row, at) => (
          <g key={row[0]?.from} transform={`translate(0 ${TOP + at * HEIGHT})`}>
            <text x={LEFT - 8} y={HEIGHT / 2 + 4} text-anchor="end">
              {row[0] === undefined ? "" : day(row[0].from, zone.value)}
            </text>
            {row.map((cell) => (
              <Square
                key={cell.from}
                cell={cell}
                most={most}
                href={href}
                chosen={cell.from === chosen}
              />
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

function Square({
  cell,
  most,
  href,
  chosen,
}: {
  cell: Cell;
  most: number;
  href: (cell: Cell) => string;
  chosen: boolean;
}) {
  const x = LEFT + cell.hour * WIDTH;
  const width = cell.width * WIDTH;
  const now = tick.value >= cell.from && tick.value < cell.to;
  const box = { x: x + 1, width: width - 2 };
  const halves = cell.started > 0 && cell.coming > 0;
  const high = (HEIGHT - 4) / (halves ? 2 : 1);
  const drawn = (
    <>
      <rect class="heat-none" {...box} y={1} height={HEIGHT - 2} rx="3" />
      {cell.started > 0 && (
        <rect
          class={`fill-run heat-${strength(cell.started, most)}`}
          {...box}
          y={2}
          height={high}
          rx="2"
        />
      )}
      {cell.coming > 0 && (
        <rect
          class={`fill-wait heat-${strength(cell.coming, most)}`}
          {...box}
          y={halves ? 2 + high : 2}
          height={high}
          rx="2"
        />
      )}
      {cell.misfired > 0 && <path class="heat-misfire" d={`M${x + width / 2} 6l6 11h-12z`} />}
      {(now || chosen) && (
        <rect
          class={chosen ? "heat-chosen" : "heat-now"}
          {...box}
          y={1}
          height={HEIGHT - 2}
          rx="3"
        />
      )}
    </>
  );
  return isEmpty(cell) ? (
    <g>
      <title>{said(cell)}</title>
      {drawn}
    </g>
  ) : (
    <a href={href(cell)} aria-label={said(cell)} aria-current={chosen ? "true" : undefined}>
      <title>{said(cell)}</title>
      {drawn}
    </a>
  );
}

const NUMBERS = ["started", "failed", "misfired", "coming"] as const;

function AsTable({ label, days, href }: Shown) {
  return (
    <div class="scroll short" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.events.at}</th>
            {NUMBERS.map((name) => (
              <th key={name} scope="col" class="num">
                {words.calendar[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .flat()
            .filter((cell) => !isEmpty(cell))
            .map((cell) => (
              <tr key={cell.from}>
                <td>
                  <a href={href(cell)}>{short(cell.from, tick.peek(), zone.value)}</a>
                </td>
                {NUMBERS.map((name) => (
                  <td key={name} class="num">
                    {number(cell[name])}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
