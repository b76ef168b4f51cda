import { read } from "../data/api.ts";
import { useRead } from "../data/read.ts";
import type { Bulk, List } from "../data/types.ts";
import { bulks } from "../live/bulks.ts";
import { Badge } from "../part/Badge.tsx";
import { Empty, Loaded } from "../part/Panel.tsx";
import { BulkOf, CancelBulk } from "../shell/Bulks.tsx";
import { Fresh, More, useNewest } from "../table/newest.tsx";
import { type Column, Table } from "../table/Table.tsx";
import { Time } from "../time/Time.tsx";
import { words } from "../words/en.ts";

const LIMIT = 50;

/** What was and is done to many. */
export function BulkList() {
  const page = useRead<List<Bulk>>("bulk", { limit: LIMIT });
  return (
    <div class="card">
      <Loaded of={page}>{(first) => <Listed first={first} loading={page.loading} />}</Loaded>
    </div>
  );
}

function Listed({ first, loading }: { first: List<Bulk>; loading: boolean }) {
  const list = useNewest(
    first,
    loading,
    (bulk) => bulk.id,
    (before) => read<List<Bulk>>("bulk", { before, limit: LIMIT }),
  );
  if (list.rows.length === 0) {
    return <Empty>{words.bulk.none}</Empty>;
  }
  const latest = new Map(bulks.value.map((bulk) => [bulk.id, bulk]));
  return (
    <>
      <Fresh of={list} />
      <Table
        label={words.bulk.all}
        columns={COLUMNS}
        rows={list.rows.map((bulk) =>
          bulk.state === "running" ? (latest.get(bulk.id) ?? bulk) : bulk,
        )}
        id={(bulk) => bulk.id}
        onHold={list.onHold}
      />
      <More load={list.loadMore} />
    </>
  );
}

const COLUMNS: Column<Bulk>[] = [
  { key: "at", title: words.audit.at, show: (bulk) => <Time at={bulk.askedAt} /> },
  {
    key: "by",
    title: words.audit.by,
    show: (bulk) => bulk.by ?? <span class="dim">{words.audit.code}</span>,
  },
  {
    key: "action",
    title: words.audit.action,
    show: (bulk) => <b>{words.bulk.title(words.bulk.verb(bulk.action, bulk.over), bulk.over)}</b>,
  },
  { key: "of", title: words.audit.target, show: (bulk) => <BulkOf filter={bulk.filter} /> },
  { key: "state", title: words.runs.state, show: (bulk) => <Badge state={bulk.state} /> },
  {
    key: "progress",
    title: words.bulk.cameOf,
    show: (bulk) => (
      <>
        {words.bulk.progress(bulk.progress)} <CancelBulk bulk={bulk} />
      </>
    ),
  },
  {
    key: "reason",
    title: words.audit.reason,
    show: (bulk) => <span class="cut">{bulk.reason ?? ""}</span>,
  },
];
