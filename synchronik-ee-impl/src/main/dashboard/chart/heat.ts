import { hoursOf } from "../time/days.ts";
import { hourAndMinute } from "../time/time.ts";

/** What the calendar tells of a bucket. */
export interface Told {
  from: string;
  started: number;
  failed: number;
  misfired: number;
  coming: number;
}

export interface Cell {
  from: number;
  to: number;
  /** Where it is in its day, in hours of the clock, and how wide: half where an hour comes twice. */
  hour: number;
  width: number;
  started: number;
  failed: number;
  misfired: number;
  coming: number;
}

/** The cells of each day of which the begins are given, and that of the day behind them. */
export function cells(days: readonly number[], told: readonly Told[], zone: string): Cell[][] {
  const rows: Cell[][] = [];
  for (let i = 0; i + 1 < days.length; i++) {
    rows.push(row(days[i] as number, days[i + 1] as number, told, zone));
  }
  return rows;
}

function row(from: number, to: number, told: readonly Told[], zone: string): Cell[] {
  const hours = hoursOf(from, to);
  const clock = hours.map((at) => Number(hourAndMinute(at, zone).slice(0, 2)));
  return hours.map((at, i) => {
    const same = clock.filter((hour) => hour === clock[i]).length;
    const before = clock.slice(0, i).filter((hour) => hour === clock[i]).length;
    const end = hours[i + 1] ?? to;
    const cell: Cell = {
      from: at,
      to: end,
      hour: (clock[i] as number) + before / same,
      width: 1 / same,
      started: 0,
      failed: 0,
      misfired: 0,
      coming: 0,
    };
    for (const one of told) {
      const begin = Date.parse(one.from);
      if (begin >= at && begin < end) {
        cell.started += one.started;
        cell.failed += one.failed;
        cell.misfired += one.misfired;
        cell.coming += one.coming;
      }
    }
    return cell;
  });
}

/** How strong a number is shown beside the largest one: 0 for none, up to 4. */
export function strength(value: number, most: number): number {
  return value <= 0 ? 0 : Math.max(1, Math.ceil((4 * Math.log1p(value)) / Math.log1p(most)));
}

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What no id of a run that was asked for at a time or later is smaller than. */
export function idFrom(at: number): string {
  let rest = Math.max(0, Math.floor(at));
  let text = "";
  for (let i = 0; i < 10; i++) {
    text = SIGNS.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text + "0".repeat(16);
}
