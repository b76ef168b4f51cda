import { ActButton, act } from "../act/act.tsx";
import type { Bulk, BulkFilter } from "../data/types.ts";
import { bulks } from "../live/bulks.ts";
import { Bar } from "../part/Bar.tsx";
import { serverNow, short, zone } from "../time/time.ts";
import { words } from "../words/en.ts";
import { link } from "./route.ts";

/** So many are shown with their progress. */
const MOST = 3;

/** What the server does to many at the moment, on whichever screen somebody is. */
export function Bulks() {
  const shown = bulks.value;
  if (shown.length === 0) {
    return null;
  }
  return (
    <section class="card bulks" aria-label={words.bulk.running}>
      <ul>
        {shown.slice(0, MOST).map((bulk) => (
          <Running key={bulk.id} bulk={bulk} />
        ))}
      </ul>
      {shown.length > MOST && (
        <a href={link(["audit"], { view: "bulk" })}>{words.bulk.others(shown.length - MOST)}</a>
      )}
    </section>
  );
}

function Running({ bulk }: { bulk: Bulk }) {
  const { expected, done, skipped, failed } = bulk.progress;
  const name = words.bulk.title(words.bulk.verb(bulk.action, bulk.over), bulk.over);
  return (
    <li>
      <b>{name}</b>
      <span class="dim of">
        <BulkOf filter={bulk.filter} />
      </span>
      <Bar
        share={expected === 0 ? 1 : (done + skipped + failed) / expected}
        tone="run"
        label={name}
      />
      <span>{words.bulk.progress(bulk.progress)}</span>
      <CancelBulk bulk={bulk} />
    </li>
  );
}

/** Ends it; what was done stays done. */
export function CancelBulk({ bulk }: { bulk: Bulk }) {
  if (bulk.state !== "running") {
    return null;
  }
  if (bulk.canceledBy !== undefined) {
    return <span class="dim">{words.bulk.ending}</span>;
  }
  return (
    <ActButton
      kind="danger"
      onPress={() => act("POST", `bulk/${bulk.id}/cancel`, {}, words.bulk.ending)}
    >
      {words.bulk.cancel}
    </ActButton>
  );
}

/** To whom it is done, in words. */
export function BulkOf({ filter }: { filter: BulkFilter }) {
  const at = (time: string) => short(Date.parse(time), serverNow(), zone.value);
  const states = [...(filter.states ?? []), ...(filter.statuses ?? [])];
  const told = [
    filter.ids === undefined ? "" : words.bulk.chosen(filter.ids.length),
    states.map((state) => words.state[state] ?? state).join(", "),
    filter.kind === undefined ? "" : (words.units.kind[filter.kind] ?? filter.kind),
    filter.group === undefined ? "" : words.bulk.ofGroup,
    filter.failure === undefined ? "" : words.bulk.failedWith(filter.failure),
    filter.q === undefined ? "" : words.bulk.mentioning(filter.q),
    filter.from === undefined ? "" : words.bulk.from(at(filter.from)),
    filter.to === undefined ? "" : words.bulk.to(at(filter.to)),
  ].filter((text) => text !== "");
  return (
    <>
      {filter.unit !== undefined && <a href={link(["units", filter.unit])}>{filter.unit}</a>}{" "}
      {filter.run !== undefined && <a href={link(["items", filter.run])}>{filter.run}</a>}{" "}
      {told.join(" · ")}
    </>
  );
}
