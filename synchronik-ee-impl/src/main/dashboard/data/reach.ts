import { signal } from "@preact/signals";

/** When the server was last heard of, in this browser's milliseconds. */
export const lastSeen = signal(Date.now());
/** Whether it answered when it was last asked for something. */
export const reachable = signal(true);

let reading = 0;

/** Counts what is being read; the page says so, for tests and those who look into it. */
export function beginReading(): () => void {
  const told = document.documentElement.dataset;
  told.reading = String(++reading);
  return () => {
    told.reading = String(--reading);
  };
}

export function heard(): void {
  lastSeen.value = Date.now();
  reachable.value = true;
}

export function unheard(): void {
  reachable.value = false;
}
