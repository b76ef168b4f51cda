import { words } from "../words/en.ts";

export type Tone = "ok" | "run" | "bad" | "warn" | "wait" | "mute";

const SIGNS: Record<Tone, string> = {
  ok: "M3 8.5l3.2 3L13 4.5",
  run: "M5 3l8 5-8 5z",
  bad: "M4 4l8 8M12 4l-8 8",
  warn: "M8 3v6M8 12.2v.4",
  wait: "M8 4v4l3 2",
  mute: "M3 8h10",
};

const TONES: Record<string, Tone> = {
  completed: "ok",
  done: "ok",
  complete: "ok",
  running: "run",
  started: "run",
  initialized: "wait",
  start: "run",
  failed: "bad",
  error: "bad",
  skipped: "warn",
  skip: "warn",
  misfire: "warn",
  misfired: "bad",
  due: "wait",
  coming: "wait",
  unknown: "mute",
  retry: "warn",
  submitted: "wait",
  ready: "wait",
  waiting: "wait",
  pending: "wait",
  delayed: "wait",
  paused: "wait",
  milestone: "wait",
  canceled: "mute",
  cancel: "mute",
  idle: "mute",
  disabled: "mute",
  live: "ok",
  draining: "wait",
  empty: "mute",
  lost: "bad",
  interrupted: "wait",
  enumerated: "ok",
};

export function toneOf(state: string): Tone {
  return TONES[state] ?? "mute";
}

export function Sign({ tone }: { tone: Tone }) {
  return (
    <svg viewBox="0 0 16 16" width="11" height="11" aria-hidden="true" class={`sign ${tone}`}>
      <path d={SIGNS[tone]} />
    </svg>
  );
}

/** A state as a sign and a word, never as a colour alone. */
export function Badge({ state }: { state: string }) {
  const tone = toneOf(state);
  return (
    <span class={`badge ${tone}`}>
      <Sign tone={tone} />
      {words.state[state] ?? words.event[state] ?? state}
    </span>
  );
}
