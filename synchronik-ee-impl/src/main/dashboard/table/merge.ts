/** What is shown of a list, and what waits to be shown. */
export interface Merged<T> {
  rows: T[];
  waiting: number;
}

/**
 * Takes a newly read first page into what is shown. Rows that are shown change in place; new ones
 * come on top, or wait while somebody's hand is on the list. What has been loaded below stays.
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
    return { rows, waiting: fresh.length };
  }
  return { rows: [...fresh, ...rows], waiting: 0 };
}
