import { Heat } from "../chart/Heat.tsx";
import { cells } from "../chart/heat.ts";
import { useEvery, useRead } from "../data/read.ts";
import type { CalendarData } from "../data/types.ts";
import { Empty, Loaded, Panel } from "../part/Panel.tsx";
import { link, refine, route } from "../shell/route.ts";
import { bucketOf, weekOf } from "../time/days.ts";
import { Time } from "../time/Time.tsx";
import { dateOf, day, serverNow, zone } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { Hour } from "./Hour.tsx";

/** Nothing tells of what is to come. */
const EVERY = 30_000;
const HOUR = 3_600_000;
const LAST = Date.parse("9999-12-01T00:00:00Z");

/** Starts by day and hour, of all units or of one: those that were, and those to come. */
export function Calendar() {
  const query = route.value.query;
  const asked = Date.parse(`${query.get("week") ?? ""}T12:00:00Z`);
  const days = weekOf(isTime(asked) ? asked : serverNow(), zone.value);
  const [from, to] = [days[0] as number, days[7] as number];
  const unit = query.get("unit") ?? "";
  const hour = Date.parse(query.get("hour") ?? "");
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.calendar.title}</h1>
        <span class="sub">
          {words.calendar.span(day(from, zone.value), day(to - 1, zone.value), zone.value)}
        </span>
        <span class="space" />
        <input
          type="search"
          class="input"
          aria-label={words.runs.unit}
          placeholder={words.runs.anyUnit}
          value={unit}
          onChange={(event) => refine({ unit: event.currentTarget.value.trim() })}
        />
        <div class="segments" role="group" aria-label={words.calendar.week}>
          <button type="button" onClick={() => show(from - 12 * HOUR)}>
            {words.calendar.before}
          </button>
          <button type="button" onClick={() => refine({ week: undefined, hour: undefined })}>
            {words.calendar.now}
          </button>
          <button type="button" onClick={() => show(to + 12 * HOUR)}>
            {words.calendar.after}
          </button>
        </div>
      </div>
      <div class="stack">
        <Starts
          days={days}
          unit={unit}
          chosen={isTime(hour) ? hour : undefined}
          href={(at) =>
            link(["calendar"], {
              unit,
              week: query.get("week") ?? undefined,
              hour: new Date(at).toISOString(),
            })
          }
        />
        {isTime(hour) && <Hour at={hour} unit={unit} />}
      </div>
    </>
  );
}

/** Addresses can be written by hand. */
function isTime(at: number): boolean {
  return Math.abs(at) < LAST;
}

function show(at: number): void {
  refine({ week: dateOf(at, zone.value), hour: undefined });
}

interface Shown {
  days: readonly number[];
  unit: string;
  chosen?: number | undefined;
  href: (at: number) => string;
}

/** The panel of the heat map; also that of one unit. */
export function Starts({ days, unit, chosen, href }: Shown) {
  const calendar = useRead<CalendarData>(
    "calendar",
    {
      from: new Date(days[0] as number).toISOString(),
      to: new Date(days[days.length - 1] as number).toISOString(),
      bucket: bucketOf(days),
      unit,
    },
    "never",
  );
  useEvery(EVERY, calendar.again);
  return (
    <Panel title={words.calendar.starts} hint={sum(calendar.data)}>
      <Loaded of={calendar}>
        {(data) =>
          data.buckets.length === 0 ? (
            <Empty>{words.calendar.none}</Empty>
          ) : (
            <div class="pad">
              {data.computedTo !== undefined && (
                <p class="dim">
                  {words.calendar.computedTo} <Time at={data.computedTo} />.
                </p>
              )}
              {data.countedFrom !== undefined && (
                <p class="dim">
                  {words.calendar.countedFrom} <Time at={data.countedFrom} />.
                </p>
              )}
              <Heat
                label={words.calendar.starts}
                days={cells(days, data.buckets, zone.value)}
                chosen={chosen}
                href={(cell) => href(cell.from)}
              />
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

function sum(data: CalendarData | undefined): string {
  if (data === undefined) {
    return "";
  }
  const of = (name: "started" | "failed" | "misfired" | "coming") =>
    data.buckets.reduce((all, bucket) => all + bucket[name], 0);
  return (["started", "failed", "misfired", "coming"] as const)
    .filter((name) => of(name) > 0)
    .map((name) => `${number(of(name))} ${words.calendar[name]}`)
    .join(" · ");
}
