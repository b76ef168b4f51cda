import { idFrom } from "../chart/heat.ts";
import { useRead } from "../data/read.ts";
import type { List, Run, Unit, UnitList } from "../data/types.ts";
import { Empty, Loaded, Panel } from "../part/Panel.tsx";
import { link } from "../shell/route.ts";
import { Time } from "../time/Time.tsx";
import { day, hourAndMinute, serverNow, zone } from "../time/time.ts";
import { words } from "../words/en.ts";
import { RunTable } from "./RunTable.tsx";

const HOUR = 3_600_000;
const MOST_RUNS = 200;
const MOST_UNITS = 100;

/** What began in an hour, and what is to. */
export function Hour({ at, unit }: { at: number; unit: string }) {
  const title = words.calendar.hour(`${day(at, zone.value)} ${hourAndMinute(at, zone.value)}`);
  return (
    <>
      {at <= serverNow() && <Begun title={title} at={at} unit={unit} />}
      {at + HOUR > serverNow() && <ToCome title={title} at={at} unit={unit} />}
    </>
  );
}

interface Asked {
  title: string;
  at: number;
  unit: string;
}

/** As far as it was asked for shortly before. */
function Begun({ title, at, unit }: Asked) {
  const runs = useRead<List<Run>>(
    "runs",
    { unit, cursor: idFrom(at + HOUR), limit: MOST_RUNS },
    unit === "" ? "never" : { unit },
  );
  return (
    <Panel title={title} hint={words.calendar.begun}>
      <Loaded of={runs}>
        {(list) => {
          const found = list.items.filter((run) => {
            const began = Date.parse(run.startedAt ?? run.submittedAt);
            return began >= at && began < at + HOUR;
          });
          return found.length === 0 ? (
            <Empty>{words.calendar.noRuns}</Empty>
          ) : (
            <>
              <RunTable runs={found} />
              {found.length === MOST_RUNS && (
                <p class="pad dim">{words.calendar.latest(MOST_RUNS)}</p>
              )}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function comingIn(unit: Unit, at: number): string[] {
  return unit.upcoming.filter((due) => Date.parse(due) >= at && Date.parse(due) < at + HOUR);
}

/** Units tell of their next five starts. */
function ToCome({ title, at, unit }: Asked) {
  const named = `${title}, ${words.calendar.coming}`;
  return unit === "" ? (
    <OfAll title={named} at={at} />
  ) : (
    <OfOne title={named} at={at} unit={unit} />
  );
}

function OfAll({ title, at }: { title: string; at: number }) {
  const units = useRead<UnitList>("units", { sort: "nextDue", size: MOST_UNITS }, "never");
  return (
    <Panel
      title={title}
      hint={words.calendar.asUnitsTell(MOST_UNITS)}
      right={<a href={link(["units"], { sort: "nextDue" })}>{words.calendar.units}</a>}
    >
      <Loaded of={units}>{(list) => <Starts units={list.items} at={at} />}</Loaded>
    </Panel>
  );
}

function OfOne({ title, at, unit }: Asked) {
  const one = useRead<Unit>(`units/${encodeURIComponent(unit)}`, {}, "never");
  return (
    <Panel title={title} hint={words.calendar.asUnitTells}>
      <Loaded of={one}>{(it) => <Starts units={[it]} at={at} />}</Loaded>
    </Panel>
  );
}

function Starts({ units, at }: { units: readonly Unit[]; at: number }) {
  const found = units.filter((one) => comingIn(one, at).length > 0);
  return found.length === 0 ? (
    <Empty>{words.calendar.notTold}</Empty>
  ) : (
    <ul class="plain-list">
      {found.map((one) => (
        <li key={one.id}>
          <a href={link(["units", one.id])}>{one.name}</a>
          <span class="dim">
            <Time at={comingIn(one, at)[0]} />
          </span>
        </li>
      ))}
    </ul>
  );
}
