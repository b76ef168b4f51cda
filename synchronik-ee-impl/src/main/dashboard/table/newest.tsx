import { useEffect, useRef, useState } from "preact/hooks";
import type { List } from "../data/types.ts";
import { say } from "../part/toast.tsx";
import { words } from "../words/en.ts";
import { merge } from "./merge.ts";

export interface Newest<T> {
  rows: T[];
  /** How many new rows wait to be shown. */
  waiting: number;
  show: () => void;
  /** Loads what comes behind; undefined when nothing does. */
  loadMore: (() => Promise<void>) | undefined;
  onHold: (held: boolean) => void;
}

/**
 * A list whose newest rows come first. Its first page is read again and again; what was loaded
 * below stays, and what is new waits while somebody's hand is on the list or it is scrolled, or
 * something in it is chosen.
 */
export function useNewest<T>(
  first: List<T>,
  loading: boolean,
  id: (row: T) => string,
  more: (cursor: string) => Promise<List<T>>,
  frozen = false,
): Newest<T> {
  const [rows, setRows] = useState<T[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [next, setNext] = useState(first.next);
  const held = useRef(false);
  const take = (hold: boolean) => {
    const merged = merge(rows, first.items, id, hold);
    setRows(merged.rows);
    setWaiting(merged.waiting);
    if (merged.anew) {
      setNext(first.next);
    }
  };
  useEffect(() => {
    if (!loading) {
      take(held.current || frozen || scrollY > 0);
    }
  }, [first, loading]);
  const loadMore = async (cursor: string) => {
    const page = await orSay(more(cursor));
    if (page !== undefined) {
      setRows((before) => behind(before, page.items, id));
      setNext(page.next);
    }
  };
  return {
    rows,
    waiting,
    show: () => take(false),
    loadMore: next === undefined ? undefined : () => loadMore(next),
    onHold: (hold) => {
      held.current = hold;
    },
  };
}

/** Adds a page behind what is there; a row that is there already stays where it is. */
function behind<T>(rows: readonly T[], page: readonly T[], id: (row: T) => string): T[] {
  const known = new Set(rows.map(id));
  return [...rows, ...page.filter((row) => !known.has(id(row)))];
}

/** Returns what was read; says why it was not, and returns undefined then. */
export async function orSay<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (e) {
    say(String(e), true);
    return undefined;
  }
}

/** Shows what is new when somebody wants it. */
export function Fresh<T>({ of }: { of: Newest<T> }) {
  return of.waiting === 0 ? null : (
    <button type="button" class="fresh" onClick={of.show}>
      {words.newRows(of.waiting)}
    </button>
  );
}

/** Loads what comes behind. */
export function More({ load }: { load: (() => Promise<void>) | undefined }) {
  return load === undefined ? null : (
    <div class="pager">
      <button type="button" class="button" onClick={load}>
        {words.more}
      </button>
    </div>
  );
}
