import type { BulkFilter } from "../data/types.ts";
import type { Offer } from "../table/choice.tsx";

const OPEN: readonly string[] = ["submitted", "ready", "waiting", "running"];
const AGAIN: readonly string[] = ["failed", "canceled"];

/** Leaves out what is empty. */
function filter(all: Record<string, string | readonly string[] | undefined>): BulkFilter {
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value.length > 0),
  );
}

/** What can be done to runs that are chosen, or match filters. */
export function offersOfRuns(unit: string, state: string, group: string): Offer[] {
  const states = state === "" ? [] : [state];
  const again = state === "" || AGAIN.includes(state);
  const cancel = group === "" && (state === "" || OPEN.includes(state));
  return [
    {
      action: "retry",
      named: { states: AGAIN },
      all: again ? filter({ unit, states, group }) : undefined,
    },
    { action: "cancel", named: {}, all: cancel ? filter({ unit, states }) : undefined },
  ];
}

/** What can be done to items of a run. */
export function offersOfItems(run: string, state: string, failure: string, group: string): Offer[] {
  const all = failure !== "" && group !== "" ? undefined : filter({ run, failure, group });
  return [
    {
      action: "retry",
      named: { run },
      all: state === "" || state === "failed" ? all : undefined,
    },
    { action: "cancel", named: { run }, all: state === "" ? all : undefined },
  ];
}

/** What can be done to units. */
export function offersOfUnits(q: string, status: string): Offer[] {
  const all = filter({ q, statuses: status === "" ? [] : [status] });
  return (["pause", "resume", "enable", "disable"] as const).map((action) => ({
    action,
    named: {},
    all,
  }));
}
