/** What is shown of a list, and what waits to be shown. */
export interface Merged<T> {
  rows: T[];
  waiting: number;
  /** Whether so much is new that what was shown does not join it: the list begins anew. */
  anew: boolean;
}

/**
 * Takes a newly read first page into what is shown. Rows that are shown change in place; new ones
 * come on top, or wait while somebody's hand is on the list. What has been loaded below stays,
 * unless rows between it and the page have not been read.
 */
export function merge<T>(
  shown: readonly T[],
  read: readonly T[],
  id: (row: T) => string,
  hold: boolean,
): Merged<T> {
  const latest = new Map(read.map((row) => [id(row), row]));
  const known = new Set(shown.map(id));
  const rows = shown.map((row) => latest.get(id(row)) ?? row);
  const fresh = read.filter((row) => !known.has(id(row)));
  if (hold && shown.length > 0) {
    return { rows, waiting: fresh.length, anew: false };
  }
  const anew = shown.length > 0 && fresh.length > 0 && fresh.length === read.length;
  return { rows: anew ? [...read] : [...fresh, ...rows], waiting: 0, anew };
}
