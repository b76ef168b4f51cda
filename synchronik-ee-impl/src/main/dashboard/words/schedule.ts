import { duration, parseDuration } from "../time/time.ts";

const UNITS: readonly [number, string, string][] = [
  [86_400_000, "day", "days"],
  [3_600_000, "hour", "hours"],
  [60_000, "minute", "minutes"],
  [1000, "second", "seconds"],
];

/** When a unit runs by itself, in words; null when it does not. */
export function scheduleInWords(config: Record<string, unknown>): string | null {
  const zone = typeof config.zone === "string" ? `, ${config.zone}` : "";
  if (typeof config.cron === "string") {
    return `${config.cron}${zone}`;
  }
  if (typeof config.every === "string") {
    const text = `every ${spanInWords(config.every)}`;
    return config.mode === "fixed-delay" ? `${text} after the last end` : text;
  }
  return null;
}

export function spanInWords(iso: string): string {
  const millis = parseDuration(iso);
  if (millis === null) {
    return iso;
  }
  for (const [length, one, more] of UNITS) {
    if (millis >= length && millis % length === 0) {
      const n = millis / length;
      return n === 1 ? one : `${n} ${more}`;
    }
  }
  return duration(millis);
}

/** A value of a configuration as people read it. */
export function configValue(value: unknown): string {
  if (typeof value === "string" && /^-?PT?\d/.test(value)) {
    const millis = parseDuration(value);
    return millis === null ? value : duration(millis);
  }
  return String(value);
}
