import { full, serverNow, short, zone } from "./time.ts";

/** A moment, in the chosen zone, with UTC when pointed at. */
export function Time({ at }: { at: string | undefined }) {
  if (at === undefined) {
    return <span class="dim">–</span>;
  }
  const millis = Date.parse(at);
  return (
    <time
      dateTime={at}
      title={`${full(millis, zone.value)} ${zone.value}\n${full(millis, "UTC")} UTC`}
    >
      {short(millis, serverNow(), zone.value)}
    </time>
  );
}
