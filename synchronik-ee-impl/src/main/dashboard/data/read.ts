import { useEffect, useRef, useState } from "preact/hooks";
import { type Change, onChange } from "../live/live.ts";
import { type Query, read, withQuery } from "./api.ts";
import { Problem } from "./problem.ts";
import { needLogin } from "./session.ts";

/** Which changes make what was read old. */
export type Concern = "never" | "any" | { unit: string } | { run: string };

export interface Reading<T> {
  /** What was read last; stays while it is read again. */
  data: T | undefined;
  problem: Problem | undefined;
  /** Whether the first answer, or that to new parameters, is awaited. */
  loading: boolean;
  again: () => void;
}

const AT_MOST_EVERY = 1000;

/** Reads something, and again when it may have changed, at most once a second. */
export function useRead<T>(
  path: string | null,
  query: Query = {},
  concern: Concern = "any",
): Reading<T> {
  const target = path === null ? null : withQuery(path, query);
  const [state, setState] = useState<{ target: string | null; data?: T; problem?: Problem }>({
    target: null,
  });
  const refresh = useRef<() => void>(() => undefined);
  const key = JSON.stringify(concern);

  useEffect(() => {
    if (target === null) {
      return undefined;
    }
    const stop = new AbortController();
    let running = false;
    let stale = false;
    let last = 0;
    let timer: number | undefined;

    const load = async () => {
      running = true;
      stale = false;
      last = Date.now();
      try {
        const data = await read<T>(target, undefined, stop.signal);
        setState({ target, data });
      } catch (e) {
        if (stop.signal.aborted) {
          return;
        }
        const problem = e instanceof Problem ? e : new Problem(0, String(e), "", "");
        if (problem.loggedOut) {
          needLogin();
        }
        setState((before) =>
          before.target === target && before.data !== undefined
            ? { target, data: before.data, problem }
            : { target, problem },
        );
      } finally {
        running = false;
        if (stale) {
          soon();
        }
      }
    };
    const soon = () => {
      stale = true;
      if (!running && !document.hidden) {
        clearTimeout(timer);
        timer = setTimeout(load, Math.max(0, last + AT_MOST_EVERY - Date.now()));
      }
    };
    const concerned: Concern = JSON.parse(key) as Concern;
    const forget = onChange((change) => {
      if (concerns(concerned, change)) {
        soon();
      }
    });
    const shown = () => {
      if (stale && !document.hidden) {
        soon();
      }
    };
    document.addEventListener("visibilitychange", shown);
    refresh.current = soon;
    void load();
    return () => {
      stop.abort();
      clearTimeout(timer);
      forget();
      document.removeEventListener("visibilitychange", shown);
    };
  }, [target, key]);

  return {
    data: state.data,
    problem: state.problem,
    loading: target !== null && state.target !== target,
    again: () => refresh.current(),
  };
}

/** Does something again and again while the page is seen, for what no event tells. */
export function useEvery(millis: number, work: () => void): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) {
        latest.current();
      }
    }, millis);
    return () => clearInterval(timer);
  }, [millis]);
}

function concerns(concern: Concern, change: Change | null): boolean {
  if (concern === "never") {
    return false;
  }
  if (concern === "any" || change === null) {
    return true;
  }
  return "unit" in concern ? change.units.has(concern.unit) : change.runs.has(concern.run);
}
