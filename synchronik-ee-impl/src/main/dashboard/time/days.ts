import { dateOf, hourAndMinute, weekdayOf } from "./time.ts";

const QUARTER = 900_000;
const HOUR = 3_600_000;

/** The begin of the day that a moment belongs to. A zone may skip midnight, or have it twice. */
export function dayStart(at: number, zone: string): number {
  const date = dateOf(at, zone);
  const [hours, minutes] = hourAndMinute(at, zone).split(":").map(Number);
  const quarter = Math.floor(at / QUARTER) * QUARTER;
  let start = quarter - (hours ?? 0) * HOUR - Math.floor((minutes ?? 0) / 15) * QUARTER;
  while (dateOf(start, zone) !== date) {
    start += QUARTER;
  }
  while (dateOf(start - QUARTER, zone) === date) {
    start -= QUARTER;
  }
  return start;
}

/** The begins of the days of the week that a moment belongs to, from Monday, and that of the next. */
export function weekOf(at: number, zone: string): number[] {
  let start = dayStart(at, zone);
  while (weekdayOf(start, zone) !== "Mon") {
    start = dayStart(start - 1, zone);
  }
  const days = [start];
  while (days.length < 8) {
    start = dayStart(start + 26 * HOUR, zone);
    days.push(start);
  }
  return days;
}

/** The begins of the hours of a day: 24 of them, 23 or 25 where clocks are changed. */
export function hoursOf(from: number, to: number): number[] {
  const hours: number[] = [];
  for (let at = from; at < to; at += HOUR) {
    hours.push(at);
  }
  return hours;
}

/** The longest length of buckets of which each is in one hour of each of these days. */
export function bucketOf(days: readonly number[]): string {
  const fits = (length: number) => days.every((day) => day % length === 0);
  return fits(HOUR) ? "1h" : fits(HOUR / 2) ? "30m" : "15m";
}
