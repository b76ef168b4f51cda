import { computed, signal } from "@preact/signals";
import { apiUrl } from "../data/api.ts";
import { heard, reachable } from "../data/reach.ts";
import type { JournalEvent } from "../data/types.ts";
import { backoff } from "./backoff.ts";
import { Parser } from "./sse.ts";

/** How the page hears of changes. */
export type Liveness = "on" | "polling" | "off";

const streaming = signal<"on" | "cut" | "given up">("cut");

export const liveness = computed<Liveness>(() => {
  if (streaming.value === "on") {
    return "on";
  }
  return streaming.value === "given up" && reachable.value ? "polling" : "off";
});

/** What has changed since the listener was last told; null for anything. */
export interface Change {
  units: ReadonlySet<string>;
  runs: ReadonlySet<string>;
  events: readonly JournalEvent[];
}

type Listener = (change: Change | null) => void;

const listeners = new Set<Listener>();
const eventListeners = new Set<(event: JournalEvent) => void>();

export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hears each event as it comes, for screens that show events themselves. */
export function onEvent(listener: (event: JournalEvent) => void): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

const TOLD_EVERY = 1000;
const POLLED_EVERY = 10_000;
const KEPT = 200;
const TRIES_BEFORE_POLLING = 3;
const HIDDEN_FOR = 60_000;

let units = new Set<string>();
let runs = new Set<string>();
let events: JournalEvent[] = [];
let telling: number | undefined;

function collect(event: JournalEvent): void {
  for (const listener of eventListeners) {
    listener(event);
  }
  if (event.unit !== undefined) {
    units.add(event.unit);
  }
  if (event.run !== undefined) {
    runs.add(event.run);
  }
  events.push(event);
  if (events.length > KEPT) {
    events.shift();
  }
  if (telling === undefined) {
    telling = setTimeout(tell, TOLD_EVERY);
  }
}

function tell(): void {
  telling = undefined;
  const change: Change = { units, runs, events };
  units = new Set();
  runs = new Set();
  events = [];
  for (const listener of listeners) {
    listener(change);
  }
}

export function everythingMayHaveChanged(): void {
  for (const listener of listeners) {
    listener(null);
  }
}

let position = "";
let tries = 0;
let open: AbortController | undefined;
let again: number | undefined;
let polling: number | undefined;

/** Opens the stream, and opens it again for as long as the page is there. */
export function listen(): void {
  document.addEventListener("visibilitychange", visibility);
  connect();
}

let hiding: number | undefined;

function visibility(): void {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(() => {
      clearTimeout(again);
      open?.abort();
      open = undefined;
    }, HIDDEN_FOR);
  } else if (open === undefined) {
    everythingMayHaveChanged();
    connect();
  }
}

function connect(): void {
  clearTimeout(again);
  const mine = new AbortController();
  open = mine;
  void stream(mine)
    .catch(() => undefined)
    .then(() => {
      if (open !== mine) {
        return;
      }
      tries++;
      if (tries < TRIES_BEFORE_POLLING) {
        streaming.value = "cut";
      } else if (polling === undefined) {
        streaming.value = "given up";
        polling = setInterval(everythingMayHaveChanged, POLLED_EVERY);
        everythingMayHaveChanged();
      }
      again = setTimeout(connect, backoff(tries));
    });
}

async function stream(mine: AbortController): Promise<void> {
  const headers: Record<string, string> = { Accept: "text/event-stream" };
  if (position !== "") {
    headers["Last-Event-ID"] = position;
  }
  const answer = await fetch(apiUrl("events/stream"), {
    headers,
    credentials: "same-origin",
    cache: "no-store",
    signal: mine.signal,
  });
  const type = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || !type.startsWith("text/event-stream") || answer.body === null) {
    await answer.body?.cancel();
    if (answer.status === 400) {
      position = "";
    }
    return;
  }
  heard();
  if (tries > 0) {
    everythingMayHaveChanged();
  }
  tries = 0;
  clearInterval(polling);
  polling = undefined;
  streaming.value = "on";
  const parser = new Parser();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    heard();
    for (const message of parser.feed(value)) {
      position = message.id || position;
      collect(JSON.parse(message.data) as JournalEvent);
    }
  }
}
