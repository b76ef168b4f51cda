import { words } from "../words/en.ts";
import { duration, full, tick, zone } from "./time.ts";

/** How long ago, or in how long. */
export function Age({ at }: { at: string | undefined }) {
  if (at === undefined) {
    return <span class="dim">–</span>;
  }
  const millis = Date.parse(at);
  const since = tick.value - millis;
  return (
    <time dateTime={at} title={`${full(millis, zone.value)} ${zone.value}`}>
      {since >= 0 ? words.ago(coarse(since)) : words.inTime(coarse(-since))}
    </time>
  );
}

/** How long it has lasted. */
export function Since({ at }: { at: string | undefined }) {
  return at === undefined ? (
    <span class="dim">–</span>
  ) : (
    <span>{coarse(Math.max(0, tick.value - Date.parse(at)))}</span>
  );
}

function coarse(millis: number): string {
  return millis < 1000 ? "0 s" : duration(Math.floor(millis / 1000) * 1000).replace(".0 s", " s");
}
