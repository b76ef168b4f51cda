import { useEffect, useState } from "preact/hooks";
import { filled } from "../chart/buckets.ts";
import { Ended } from "../chart/Ended.tsx";
import { type Reading, useEvery, useRead } from "../data/read.ts";
import type {
  EventList,
  JournalEvent,
  List,
  NodeData,
  Run,
  Unit,
  UnitList,
} from "../data/types.ts";
import { onEvent } from "../live/live.ts";
import { Badge, Sign } from "../part/Badge.tsx";
import { Bar } from "../part/Bar.tsx";
import { Figure, Figures } from "../part/Kpi.tsx";
import { Empty, Loaded, Panel } from "../part/Panel.tsx";
import { ThreadCells } from "../part/ThreadCells.tsx";
import { link, refine, route } from "../shell/route.ts";
import { type Column, Table } from "../table/Table.tsx";
import { Age, Since } from "../time/Age.tsx";
import { Time } from "../time/Time.tsx";
import { duration } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { EventRows } from "./Events.tsx";
import { PULSE } from "./Nodes.tsx";

const RANGES: Record<string, { hours: number; bucket: string }> = {
  "1 h": { hours: 1, bucket: "5m" },
  "6 h": { hours: 6, bucket: "5m" },
  "24 h": { hours: 24, bucket: "15m" },
  "7 d": { hours: 168, bucket: "2h" },
};
const USUAL_RANGE = "24 h";

interface Counts {
  started: number;
  completed: number;
  failed: number;
  canceled: number;
  skipped: number;
  misfired: number;
  late: { runs: number; p95Ms: number };
}

interface Statistics {
  from: string;
  to: string;
  bucketSeconds: number;
  buckets: { from: string; counts: Counts }[];
  total: Counts;
}

export function Overview() {
  const chosen = route.value.query.get("range") ?? USUAL_RANGE;
  const range = RANGES[chosen] ?? { hours: 24, bucket: "15m" };
  const statistics = useRead<Statistics>("statistics", {
    from: `-${range.hours}h`,
    bucket: range.bucket,
  });
  const running = useRead<List<Run>>("runs", { state: "running", limit: 100 });
  const failing = useRead<UnitList>("units", { status: "error", sort: "-failed", size: 20 });
  const due = useRead<UnitList>("units", { sort: "nextDue", size: 5 });
  const nodes = useRead<NodeList>("nodes");
  useEvery(PULSE, nodes.again);
  const total = statistics.data?.total;
  const ended = total === undefined ? 0 : total.completed + total.failed + total.canceled;
  const next = due.data?.items.find((unit) => unit.nextDue !== undefined);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.overview.title}</h1>
        <span class="sub">
          {total !== undefined &&
            words.overview.sum(
              ended === 0
                ? ""
                : `${(Math.floor((total.completed / ended) * 10_000) / 100).toFixed(2)} %`,
              ended,
              chosen,
            )}
        </span>
        <span class="space" />
        <fieldset class="segments" aria-label={words.overview.range}>
          {Object.keys(RANGES).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === chosen}
              onClick={() => refine({ range: name === USUAL_RANGE ? undefined : name })}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </div>
      <Figures>
        <Figure
          label={words.overview.running}
          value={running.data === undefined ? "–" : atLeast(running.data)}
          below={nodes.data === undefined ? "" : threadsBusy(nodes.data.nodes)}
        />
        <Figure
          label={`${words.overview.completed}, ${chosen}`}
          value={total === undefined ? "–" : number(total.completed)}
        />
        <Figure
          label={`${words.overview.failed}, ${chosen}`}
          value={
            total === undefined ? (
              "–"
            ) : total.failed === 0 ? (
              "0"
            ) : (
              <a class="bad-text" href={link(["runs"], { state: "failed" })}>
                {number(total.failed)}
              </a>
            )
          }
          small={
            total !== undefined && ended > 0 ? `${((total.failed / ended) * 100).toFixed(2)} %` : ""
          }
          bad={total !== undefined && total.failed > 0}
        />
        <Figure
          label={words.overview.late}
          value={total === undefined || total.late.runs === 0 ? "–" : duration(total.late.p95Ms)}
          below={total === undefined ? "" : words.overview.misfires(total.misfired)}
        />
        <Figure
          label={words.overview.next}
          value={next === undefined ? "–" : <Age at={next.nextDue} />}
          below={
            next === undefined ? (
              words.overview.nothingDue
            ) : (
              <a href={link(["units", next.id])}>{next.name}</a>
            )
          }
        />
      </Figures>
      <div class="columns">
        <div class="stack">
          <Panel title={words.overview.attention}>
            <Loaded of={failing}>{(list) => <Attention units={list.items} />}</Loaded>
          </Panel>
          <Panel title={words.overview.ended} hint={words.overview.failuresBelow}>
            <Loaded of={statistics}>
              {(data) => (
                <div class="pad">
                  <Ended
                    label={`${words.overview.ended}, ${chosen}`}
                    buckets={filled(
                      data.buckets,
                      Date.parse(data.from),
                      Date.parse(data.to),
                      data.bucketSeconds,
                    )}
                  />
                </div>
              )}
            </Loaded>
          </Panel>
          <Panel
            title={words.overview.running}
            hint={words.overview.longest(running.data?.items.length ?? 0)}
            right={<a href={link(["runs"], { state: "running" })}>{words.overview.allRunning}</a>}
          >
            <Loaded of={running}>{(list) => <Running runs={list.items} />}</Loaded>
          </Panel>
        </div>
        <div class="stack">
          <Panel title={words.overview.next}>
            <Loaded of={due}>{(list) => <Due units={list.items} />}</Loaded>
          </Panel>
          <NodesPanel nodes={nodes} />
          <Latest />
        </div>
      </div>
    </>
  );
}

function atLeast(list: List<Run>): string {
  return list.next === undefined ? number(list.items.length) : `${number(list.items.length)}+`;
}

function Attention({ units }: { units: readonly Unit[] }) {
  if (units.length === 0) {
    return <Empty>{words.overview.nothing}</Empty>;
  }
  return (
    <ul class="attention">
      {units.map((unit) => (
        <li key={unit.id}>
          <span class="attention-sign bad">
            <Sign tone="bad" />
          </span>
          <span>
            <a href={link(["units", unit.id])}>
              <b>{unit.name}</b>
            </a>{" "}
            {words.overview.failing}
            <span class="dim block">
              <Age at={unit.lastStartedAt} />
            </span>
          </span>
          <a class="button small" href={link(["runs"], { unit: unit.id, state: "failed" })}>
            {words.overview.openFailures}
          </a>
        </li>
      ))}
    </ul>
  );
}

const RUNNING: Column<Run>[] = [
  { key: "unit", title: words.runs.unit, show: (run) => <b>{run.unit}</b> },
  { key: "cause", title: words.runs.cause, show: (run) => run.cause },
  {
    key: "progress",
    title: words.run.progress,
    show: (run) =>
      run.progress === undefined || run.progress.total === 0 ? (
        <span class="dim">–</span>
      ) : (
        <>
          <Bar share={run.progress.percentage / 100} tone="run" label={words.run.progress} />
          <span class="dim">
            {number(run.progress.completed)} / {number(run.progress.total)}
          </span>
        </>
      ),
  },
  {
    key: "since",
    title: words.run.soFar,
    numeric: true,
    show: (run) => <Since at={run.startedAt} />,
  },
  { key: "node", title: words.runs.node, show: (run) => run.node ?? "–" },
];

function Running({ runs }: { runs: readonly Run[] }) {
  if (runs.length === 0) {
    return <Empty>{words.overview.noneRunning}</Empty>;
  }
  const longest = [...runs].sort((a, b) => (a.startedAt ?? "").localeCompare(b.startedAt ?? ""));
  return (
    <Table
      label={words.overview.running}
      columns={RUNNING}
      rows={longest.slice(0, 6)}
      id={(run) => run.id}
      href={(run) => link(["runs", run.id])}
    />
  );
}

function Due({ units }: { units: readonly Unit[] }) {
  const due = units.filter((unit) => unit.nextDue !== undefined);
  if (due.length === 0) {
    return <Empty>{words.overview.nothingDue}</Empty>;
  }
  return (
    <ul class="plain-list">
      {due.map((unit) => (
        <li key={unit.id}>
          <a href={link(["units", unit.id])}>{unit.name}</a>
          <span class="dim">
            <Time at={unit.nextDue} />
          </span>
        </li>
      ))}
    </ul>
  );
}

interface NodeList {
  nodes: NodeData[];
}

function threadsBusy(nodes: readonly NodeData[]): string {
  const live = nodes.filter((node) => node.state !== "lost");
  const sum = (of: "busy" | "workers") =>
    live.reduce((total, node) => total + (node.load?.[of] ?? 0), 0);
  return words.overview.threadsBusy(sum("busy"), sum("workers"));
}

function NodesPanel({ nodes }: { nodes: Reading<NodeList> }) {
  return (
    <Panel title={words.nodes.title} right={<a href={link(["nodes"])}>{words.all}</a>}>
      <Loaded of={nodes}>
        {(data) => (
          <ul class="node-list">
            {data.nodes.map((node) => (
              <li key={node.incarnation}>
                <b>{node.name}</b>
                <Badge state={node.state} />
                <span class="space" />
                {node.load !== undefined && (
                  <span class="dim">
                    {words.overview.threadsBusy(node.load.busy, node.load.workers)}
                  </span>
                )}
                {node.load !== undefined && node.state !== "lost" && (
                  <ThreadCells
                    workers={node.load.workers}
                    busy={node.load.busy}
                    stuck={node.load.stuck}
                    label={words.nodes.threadsOf(node.name)}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

const LATEST = 8;

function Latest() {
  const [fresh, setFresh] = useState<JournalEvent[]>([]);
  const end = useRead<EventList>("events", { after: Number.MAX_SAFE_INTEGER, limit: 1 }, "never");
  const position = end.data?.position;
  const earlier = useRead<EventList>(
    position === undefined ? null : "events",
    { after: Math.max(0, (position ?? 0) - LATEST), limit: LATEST },
    "never",
  );
  useEffect(
    () => onEvent((event) => setFresh((before) => [event, ...before].slice(0, LATEST))),
    [],
  );
  const oldest = fresh[fresh.length - 1]?.position ?? Number.POSITIVE_INFINITY;
  const before = (earlier.data?.items ?? []).filter((event) => event.position < oldest);
  const events = [...fresh, ...before.reverse()].slice(0, LATEST);
  return (
    <Panel title={words.events.title} right={<a href={link(["events"])}>{words.all}</a>}>
      {events.length === 0 ? <Empty>{words.events.none}</Empty> : <EventRows events={events} />}
    </Panel>
  );
}
