import { useEffect, useState } from "preact/hooks";
import { useRead } from "../data/read.ts";
import type { EventList, JournalEvent } from "../data/types.ts";
import { onEvent } from "../live/live.ts";
import { Badge } from "../part/Badge.tsx";
import { Empty, Loaded } from "../part/Panel.tsx";
import { link, refine, route } from "../shell/route.ts";
import { clock, full, zone } from "../time/time.ts";
import { words } from "../words/en.ts";
import { Choice } from "./Units.tsx";

const KEPT = 500;
const LIMIT = 1000;

/** Among so many of the latest those are looked for that are asked for; so many are shown else. */
const LOOKED_BACK = 1000;
const LATEST = 250;
const TYPES = Object.keys(words.event);

export function Events() {
  const query = route.value.query;
  const unit = query.get("unit") ?? "";
  const type = query.get("type") ?? "";
  const [held, setHeld] = useState<JournalEvent[] | undefined>(undefined);
  const [fresh, setFresh] = useState<JournalEvent[]>([]);
  const back = unit === "" && type === "" ? LATEST : LOOKED_BACK;
  const end = useRead<EventList>("events", { after: Number.MAX_SAFE_INTEGER, limit: 1 }, "never");
  const position = end.data?.position;
  const newest = useRead<EventList>(
    position === undefined ? null : "events",
    { unit, type, after: Math.max(0, (position ?? 0) - back), limit: LIMIT },
    "never",
  );
  useEffect(() => {
    setFresh([]);
    return onEvent((event) => {
      if ((unit === "" || event.unit === unit) && (type === "" || event.type === type)) {
        setFresh((before) => [event, ...before].slice(0, KEPT));
      }
    });
  }, [unit, type]);
  const shown = held ?? fresh;
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.events.title}</h1>
        <span class="space" />
        <input
          type="search"
          class="input"
          aria-label={words.runs.unit}
          placeholder={words.runs.anyUnit}
          value={unit}
          onChange={(event) => refine({ unit: event.currentTarget.value.trim() })}
        />
        <Choice
          label={words.events.type}
          chosen={type}
          options={TYPES}
          onChoose={(chosen) => refine({ type: chosen })}
        />
        <button
          type="button"
          class="button"
          aria-pressed={held !== undefined}
          onClick={() => setHeld(held === undefined ? fresh : undefined)}
        >
          {held === undefined ? words.events.hold : words.events.go}
          {held !== undefined && fresh.length > held.length
            ? ` · ${words.events.held(fresh.length - held.length)}`
            : ""}
        </button>
      </div>
      <div class="card">
        <Loaded of={newest}>
          {(list) => {
            const seen = new Set(shown.map((event) => event.position));
            const all = [
              ...shown,
              ...[...list.items].reverse().filter((event) => !seen.has(event.position)),
            ];
            return all.length === 0 ? (
              <Empty>{words.events.none}</Empty>
            ) : (
              <EventRows events={all.sort((a, b) => b.position - a.position)} />
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

interface Shown {
  events: readonly JournalEvent[];
  without?: "unit";
}

export function EventRows({ events, without }: Shown) {
  return (
    <ol class="events">
      {events.map((event) => (
        <li key={event.position}>
          <time
            class="mono"
            dateTime={event.at}
            title={`${full(Date.parse(event.at), zone.value)} ${zone.value}`}
          >
            {clock(Date.parse(event.at), zone.value)}
          </time>
          <Badge state={event.type} />
          <span class="cut">
            {without !== "unit" && event.unit !== undefined && (
              <>
                <a href={link(["units", event.unit])}>{event.unit}</a>{" "}
              </>
            )}
            {event.run !== undefined && without !== "unit" && (
              <>
                <a class="mono" href={link(["runs", event.run])}>
                  {event.run.slice(-6)}
                </a>{" "}
              </>
            )}
            <span class="dim">{detail(event)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function detail(event: JournalEvent): string {
  const failure = event.failure as { type?: string; message?: string } | undefined;
  const parts = [
    event.milestone,
    event.item,
    event.change,
    event.reason,
    event.status,
    failure?.message ?? failure?.type,
    event.node,
  ];
  return parts.filter((part) => typeof part === "string" && part !== "").join(" · ");
}
