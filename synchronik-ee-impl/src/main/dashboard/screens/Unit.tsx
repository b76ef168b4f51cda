import { whyNot } from "../act/act.tsx";
import { Configure } from "../act/configure.tsx";
import { UnitActions } from "../act/unit.tsx";
import { Strip } from "../chart/Strip.tsx";
import { useRead } from "../data/read.ts";
import { mayChange } from "../data/session.ts";
import type { Graph, List, Run, Unit as UnitData } from "../data/types.ts";
import { Flow } from "../graph/Flow.tsx";
import { Badge } from "../part/Badge.tsx";
import { Figure, Figures } from "../part/Kpi.tsx";
import { Empty, Gone, Loaded, Panel } from "../part/Panel.tsx";
import { go, link, route } from "../shell/route.ts";
import { Age } from "../time/Age.tsx";
import { weekOf } from "../time/days.ts";
import { Time } from "../time/Time.tsx";
import { duration, serverNow, zone } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { configValue, scheduleInWords } from "../words/schedule.ts";
import { Starts } from "./Calendar.tsx";
import { Dues } from "./Dues.tsx";
import { RunTable } from "./RunTable.tsx";
import { shownState } from "./Units.tsx";
import { WhyPanel } from "./WhyPanel.tsx";

const RECENT = 100;

export function Unit({ id }: { id: string }) {
  const path = `units/${encodeURIComponent(id)}`;
  const unit = useRead<UnitData>(path, {}, { unit: id });
  const runs = useRead<List<Run>>(`${path}/runs`, { limit: RECENT }, { unit: id });
  const graph = useRead<Graph>(unit.data?.kind === "process" ? `${path}/graph` : null, {}, "never");
  const here = route.value;
  const asked = here.path[2] === "why" ? (here.query.get("at") ?? undefined) : undefined;
  if (unit.problem?.gone && unit.data === undefined) {
    return <Gone title={id}>{words.unit.gone}</Gone>;
  }
  return (
    <Loaded of={unit}>
      {(data) => (
        <>
          <Head unit={data} />
          <Numbers unit={data} runs={runs.data?.items ?? []} />
          <div class="columns">
            <div class="stack">
              {graph.data !== undefined && (
                <Panel title={words.unit.graph} hint={words.run.flowHint}>
                  <Flow graph={graph.data} onChoose={(worker) => go(["units", worker])} />
                </Panel>
              )}
              <Dues unit={data} path={path} />
              <Starts
                days={weekOf(serverNow(), zone.value)}
                unit={id}
                href={(at) => link(["calendar"], { unit: id, hour: new Date(at).toISOString() })}
              />
              <Panel
                title={words.unit.recent}
                hint={words.unit.recentHint}
                right={<a href={link(["runs"], { unit: id })}>{words.unit.allRuns}</a>}
              >
                <Loaded of={runs}>
                  {(list) =>
                    list.items.length === 0 ? (
                      <Empty>{words.unit.notYet}</Empty>
                    ) : (
                      <>
                        <div class="pad">
                          <Strip runs={list.items} slots={RECENT} />
                        </div>
                        <RunTable runs={list.items.slice(0, 12)} without="unit" />
                      </>
                    )
                  }
                </Loaded>
              </Panel>
            </div>
            <div class="stack">
              {asked !== undefined && <WhyPanel path={path} concern={{ unit: id }} at={asked} />}
              <WhyPanel path={path} concern={{ unit: id }} />
              <Panel title={words.unit.coming}>
                {data.upcoming.length === 0 ? (
                  <Empty>{words.unit.noneComing}</Empty>
                ) : (
                  <ul class="plain-list">
                    {data.upcoming.map((at) => (
                      <li key={at}>
                        <Time at={at} />
                        <span class="dim">
                          <Age at={at} />
                        </span>
                      </li>
                    ))}
                  </ul>
                )}
              </Panel>
              <Panel title={words.unit.configuration} right={<Configure unit={data} />}>
                <dl class="pairs">
                  {Object.entries(data.config).map(([name, value]) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd>{configValue(value)}</dd>
                    </div>
                  ))}
                </dl>
              </Panel>
              <Panel title={words.unit.description}>
                <div class="pad">
                  {data.description !== "" && <p>{data.description}</p>}
                  <p>
                    {words.unit.implementation}: <code>{data.implementation}</code>
                  </p>
                </div>
              </Panel>
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Head({ unit }: { unit: UnitData }) {
  return (
    <>
      <nav class="crumbs" aria-label="Breadcrumb">
        <a href={link(["units"])}>{words.units.title}</a> / {words.units.kind[unit.kind]}
      </nav>
      <div class="head">
        <h1 tabIndex={-1}>{unit.name}</h1>
        <code>{unit.id}</code>
        <Badge state={shownState(unit)} />
        <span class="sub">{scheduleInWords(unit.config) ?? words.units.manual}</span>
        <span class="space" />
        {mayChange.value ? <UnitActions unit={unit} /> : <span class="dim">{whyNot.value}</span>}
      </div>
      {!unit.known && (
        <p class="notice warn" role="status">
          {words.unit.noCode}
        </p>
      )}
    </>
  );
}

function Numbers({ unit, runs }: { unit: UnitData; runs: readonly Run[] }) {
  const ended = runs.filter((run) => run.endedAt !== undefined && run.state !== "skipped");
  const well = ended.filter((run) => run.state === "completed").length;
  return (
    <Figures>
      <Figure
        label={words.unit.next}
        value={<Time at={unit.nextDue} />}
        below={unit.nextDue === undefined ? words.overview.nothingDue : <Age at={unit.nextDue} />}
      />
      <Figure
        label={words.unit.lastRun}
        value={<Time at={unit.lastStartedAt} />}
        below={
          unit.lastStartedAt === undefined ? words.unit.notYet : <Age at={unit.lastStartedAt} />
        }
      />
      <Figure label={words.unit.ended} value={number(well)} small={words.unit.of(ended.length)} />
      <Figure
        label={words.unit.usual}
        value={unit.statistics.completed === 0 ? "–" : duration(unit.statistics.averageMs)}
        below={
          unit.statistics.completed === 0 ? "" : words.unit.longest(duration(unit.statistics.maxMs))
        }
      />
      <Figure label={words.unit.misfires} value={number(unit.misfires)} below={words.unit.since} />
    </Figures>
  );
}
