import { useRead } from "../data/read.ts";
import type { List } from "../data/types.ts";
import { Badge } from "../part/Badge.tsx";
import { Bar } from "../part/Bar.tsx";
import { Empty, Loaded, Panel } from "../part/Panel.tsx";
import { link, route } from "../shell/route.ts";
import { type Column, Table } from "../table/Table.tsx";
import { Age, Since } from "../time/Age.tsx";
import { duration } from "../time/time.ts";
import { number, words } from "../words/en.ts";

interface PoolRow {
  name: string;
  size: number;
  tasks: Record<string, number>;
}

interface Task {
  id: number;
  name: string;
  state: string;
  priority: number;
  worker?: string;
  requestedBy?: string;
  addedAt: string;
  startedAt?: string;
  durationMs?: number;
  run?: string;
}

const count = (pool: PoolRow, state: string) => pool.tasks[state] ?? 0;

const POOLS: Column<PoolRow>[] = [
  { key: "name", title: words.pools.name, show: (pool) => <b>{pool.name}</b> },
  {
    key: "places",
    title: words.pools.places,
    show: (pool) => (
      <>
        {number(count(pool, "running"))} / {number(pool.size)}
        <Bar
          share={count(pool, "running") / Math.max(1, pool.size)}
          tone={count(pool, "running") >= pool.size ? "warn" : "run"}
          label={pool.name}
        />
      </>
    ),
  },
  {
    key: "waiting",
    title: words.pools.waiting,
    numeric: true,
    show: (pool) => number(count(pool, "pending") + count(pool, "paused")),
  },
  {
    key: "ended",
    title: words.pools.ended,
    numeric: true,
    show: (pool) => number(count(pool, "completed")),
  },
  {
    key: "failed",
    title: words.pools.failed,
    numeric: true,
    show: (pool) => number(count(pool, "error")),
  },
];

const TASKS: Column<Task>[] = [
  {
    key: "name",
    title: words.pools.task,
    show: (task) => (
      <>
        {task.name} <span class="dim">{task.id}</span>
      </>
    ),
  },
  { key: "state", title: words.runs.state, show: (task) => <Badge state={task.state} /> },
  { key: "priority", title: words.pools.priority, numeric: true, show: (task) => task.priority },
  {
    key: "added",
    title: words.events.at,
    numeric: true,
    show: (task) => <Age at={task.addedAt} />,
  },
  {
    key: "took",
    title: words.runs.took,
    numeric: true,
    show: (task) =>
      task.durationMs === undefined ? <Since at={task.startedAt} /> : duration(task.durationMs),
  },
  {
    key: "run",
    title: words.runs.id,
    show: (task) =>
      task.run === undefined ? (
        <span class="dim">–</span>
      ) : (
        <a class="mono" href={link(["runs", task.run])}>
          {task.run.slice(-6)}
        </a>
      ),
  },
];

export function Pools() {
  const chosen = route.value.path[1];
  const pools = useRead<List<PoolRow>>("pools");
  const tasks = useRead<List<Task>>(
    chosen === undefined ? null : `pools/${encodeURIComponent(chosen)}/tasks`,
  );
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.pools.title}</h1>
      </div>
      <div class="stack">
        <div class="card">
          <Loaded of={pools}>
            {(list) =>
              list.items.length === 0 ? (
                <Empty>{words.pools.none}</Empty>
              ) : (
                <Table
                  label={words.pools.title}
                  columns={POOLS}
                  rows={list.items}
                  id={(pool) => pool.name}
                  href={(pool) => link(["pools", pool.name])}
                />
              )
            }
          </Loaded>
        </div>
        {chosen !== undefined && (
          <Panel title={`${words.pools.tasks}: ${chosen}`}>
            <Loaded of={tasks}>
              {(list) =>
                list.items.length === 0 ? (
                  <Empty>{words.pools.noTasks}</Empty>
                ) : (
                  <Table
                    label={words.pools.tasks}
                    columns={TASKS}
                    rows={list.items}
                    id={(task) => String(task.id)}
                  />
                )
              }
            </Loaded>
          </Panel>
        )}
      </div>
    </>
  );
}
