import type { Bucket } from "./Ended.tsx";

interface Told {
  from: string;
  counts: { completed: number; failed: number; skipped: number };
}

/** Puts empty buckets where nothing happened: the resource tells only of those with something. */
export function filled(told: readonly Told[], from: number, to: number, seconds: number): Bucket[] {
  const length = seconds * 1000;
  const known = new Map(told.map((one) => [Date.parse(one.from), one.counts]));
  const all: Bucket[] = [];
  for (let at = Math.floor(from / length) * length; at < to; at += length) {
    const counts = known.get(at);
    all.push({
      from: at,
      completed: counts?.completed ?? 0,
      failed: counts?.failed ?? 0,
      skipped: counts?.skipped ?? 0,
    });
  }
  return all;
}
