/** How long to wait before try n, from 1: 1, 2, 4 … 30 s, half of it by chance. */
export function backoff(tries: number, chance: () => number = Math.random): number {
  const longest = Math.min(30_000, 1000 * 2 ** Math.min(10, Math.max(0, tries - 1)));
  return longest / 2 + (longest / 2) * chance();
}
