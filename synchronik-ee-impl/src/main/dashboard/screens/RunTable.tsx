import type { Run } from "../data/types.ts";
import { Badge } from "../part/Badge.tsx";
import { link } from "../shell/route.ts";
import type { Choice } from "../table/choice.tsx";
import { type Column, Table } from "../table/Table.tsx";
import { Since } from "../time/Age.tsx";
import { Time } from "../time/Time.tsx";
import { duration } from "../time/time.ts";
import { words } from "../words/en.ts";

const COLUMNS: Column<Run>[] = [
  {
    key: "id",
    title: words.runs.begun,
    show: (run) => <Time at={run.startedAt ?? run.submittedAt} />,
  },
  { key: "unit", title: words.runs.unit, show: (run) => <UnitLink id={run.unit} /> },
  { key: "state", title: words.runs.state, show: (run) => <Badge state={run.state} /> },
  {
    key: "cause",
    title: words.runs.cause,
    show: (run) =>
      run.requestedBy === undefined ? run.cause : `${run.cause} · ${run.requestedBy}`,
  },
  {
    key: "took",
    title: words.runs.took,
    numeric: true,
    show: (run) =>
      run.durationMs !== undefined ? (
        duration(run.durationMs)
      ) : run.state === "running" ? (
        <Since at={run.startedAt} />
      ) : (
        <span class="dim">–</span>
      ),
  },
  { key: "node", title: words.runs.node, show: (run) => run.node ?? <span class="dim">–</span> },
  {
    key: "attempt",
    title: words.runs.attempt,
    numeric: true,
    show: (run) => (run.attempt > 1 ? <b class="warn-text">{run.attempt}</b> : run.attempt),
  },
  {
    key: "reason",
    title: words.runs.reason,
    show: (run) => (
      <span class="cut" title={reasonOf(run)}>
        {reasonOf(run)}
      </span>
    ),
  },
];

function UnitLink({ id }: { id: string }) {
  return <a href={link(["units", id])}>{id}</a>;
}

function reasonOf(run: Run): string {
  if (run.failure !== undefined) {
    const type = run.failure.type.replace(/^.*\./, "");
    return run.failure.message === undefined ? type : `${type}: ${run.failure.message}`;
  }
  return run.reason ?? "";
}

interface Shown {
  runs: readonly Run[];
  without?: string;
  onHold?: (held: boolean) => void;
  choice?: Choice | undefined;
}

export function RunTable({ runs, without, onHold, choice }: Shown) {
  return (
    <Table
      label={words.runs.title}
      columns={COLUMNS.filter((column) => column.key !== without)}
      rows={runs}
      id={(run) => run.id}
      href={(run) => link(["runs", run.id])}
      choice={choice}
      {...(onHold === undefined ? {} : { onHold })}
    />
  );
}
