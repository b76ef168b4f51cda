import { computed, signal } from "@preact/signals";

/** How far the server's clock is ahead of this browser's, in milliseconds. */
const ahead = signal(0);

export function setServerTime(now: string): void {
  ahead.value = Date.parse(now) - Date.now();
}

export function serverNow(): number {
  return Date.now() + ahead.peek();
}

const KEPT_ZONE = "synchronik.zone";
const applicationZone = signal("UTC");

/** "browser", "application", or the name of a zone. */
export const zoneChoice = signal(localStorage.getItem(KEPT_ZONE) ?? "browser");

export function setApplicationZone(zone: string): void {
  applicationZone.value = known(zone) ? zone : "UTC";
}

export function chooseZone(choice: string): void {
  zoneChoice.value = choice;
  localStorage.setItem(KEPT_ZONE, choice);
}

export const zone = computed(() => {
  switch (zoneChoice.value) {
    case "browser":
      return Intl.DateTimeFormat().resolvedOptions().timeZone;
    case "application":
      return applicationZone.value;
    default:
      return known(zoneChoice.value) ? zoneChoice.value : "UTC";
  }
});

function known(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, kind: string, options: Intl.DateTimeFormatOptions) {
  const key = `${timeZone} ${kind}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
    formats.set(key, made);
  }
  return made;
}

export function clock(at: number, timeZone: string): string {
  return format(timeZone, "clock", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

export function hourAndMinute(at: number, timeZone: string): string {
  return format(timeZone, "minute", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

export function day(at: number, timeZone: string): string {
  return format(timeZone, "day", { weekday: "short", day: "numeric", month: "short" }).format(at);
}

/** The date alone, as 2026-11-30. */
export function dateOf(at: number, timeZone: string): string {
  return format(timeZone, "date alone", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  })
    .format(at)
    .split("/")
    .reverse()
    .join("-");
}

export function weekdayOf(at: number, timeZone: string): string {
  return format(timeZone, "weekday", { weekday: "short" }).format(at);
}

export function full(at: number, timeZone: string): string {
  return `${format(timeZone, "date", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(at)} ${clock(at, timeZone)}`;
}

/** The clock alone for today, with the day before it for other days. */
export function short(at: number, now: number, timeZone: string): string {
  const today = day(at, timeZone) === day(now, timeZone);
  return today ? clock(at, timeZone) : `${day(at, timeZone)} ${hourAndMinute(at, timeZone)}`;
}

/** A duration as people say it: 0.4 s, 4:30, 1:02:03, 3 d 4 h. */
export function duration(millis: number): string {
  if (millis < 0) {
    return `−${duration(-millis)}`;
  }
  if (millis < 999.5) {
    return `${Math.round(millis)} ms`;
  }
  if (millis < 59_500) {
    return `${(millis / 1000).toFixed(millis < 9950 ? 1 : 0)} s`;
  }
  const seconds = Math.round(millis / 1000);
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) {
    return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  }
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

const ISO = /^(-)?P(?:(-?\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+(?:\.\d+)?)S)?)?$/;

/** Reads an ISO-8601 duration; null when it is none. */
export function parseDuration(text: string): number | null {
  const found = ISO.exec(text);
  if (found === null || text === "P" || text.endsWith("T")) {
    return null;
  }
  const part = (at: number) => Number(found[at] ?? 0);
  const millis = part(2) * 86_400_000 + part(3) * 3_600_000 + part(4) * 60_000 + part(5) * 1000;
  return found[1] === "-" ? -millis : millis;
}

/** Ticks once a second while somebody looks, for ages and for what counts down. */
export const tick = signal(serverNow());
setInterval(() => {
  if (!document.hidden) {
    tick.value = serverNow();
  }
}, 1000);
