import { read } from "../data/api.ts";
import { useRead } from "../data/read.ts";
import type { AuditEntry, List as PageOf } from "../data/types.ts";
import { Loaded, NoRows } from "../part/Panel.tsx";
import { link, refine, route } from "../shell/route.ts";
import { Fresh, More, useNewest } from "../table/newest.tsx";
import { type Column, Table } from "../table/Table.tsx";
import { Time } from "../time/Time.tsx";
import { words } from "../words/en.ts";
import { BulkList } from "./BulkList.tsx";

const LIMIT = 50;
const FILTERS = ["by", "target", "action"] as const;

type Entries = PageOf<AuditEntry>;

/** What people did; apart from that what was done to many. */
export function Audit() {
  const many = route.value.query.get("view") === "bulk";
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.audit.title}</h1>
        <span class="sub">{words.audit.sub}</span>
        <nav class="segments" aria-label={words.audit.views}>
          <a href={link(["audit"])} aria-current={many ? undefined : "page"}>
            {words.audit.all}
          </a>
          <a href={link(["audit"], { view: "bulk" })} aria-current={many ? "page" : undefined}>
            {words.bulk.all}
          </a>
        </nav>
        <span class="space" />
        {!many && FILTERS.map((name) => <Filter key={name} name={name} />)}
      </div>
      {many ? <BulkList /> : <List />}
    </>
  );
}

function Filter({ name }: { name: (typeof FILTERS)[number] }) {
  return (
    <input
      type="search"
      class="input"
      aria-label={words.audit.filter[name]}
      placeholder={words.audit.filter[name]}
      value={route.value.query.get(name) ?? ""}
      onChange={(event) => refine({ [name]: event.currentTarget.value.trim() })}
    />
  );
}

function List() {
  const query = route.value.query;
  const filters = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ""]));
  const page = useRead<Entries>("audit", { ...filters, limit: LIMIT });
  return (
    <div class="card">
      <Loaded of={page}>
        {(first) => (
          <Listed
            key={Object.values(filters).join(" ")}
            first={first}
            loading={page.loading}
            filtered={Object.values(filters).some((value) => value !== "")}
            more={(before) => read<Entries>("audit", { ...filters, before, limit: LIMIT })}
          />
        )}
      </Loaded>
    </div>
  );
}

interface Shown {
  first: Entries;
  loading: boolean;
  filtered: boolean;
  more: (before: string) => Promise<Entries>;
}

function Listed({ first, loading, filtered, more }: Shown) {
  const list = useNewest(first, loading, (entry) => entry.id, more);
  if (list.rows.length === 0) {
    return (
      <NoRows
        filtered={filtered}
        none={words.audit.none}
        onClear={() => refine({ by: undefined, target: undefined, action: undefined })}
      />
    );
  }
  return (
    <>
      <Fresh of={list} />
      <Table
        label={words.audit.title}
        columns={COLUMNS}
        rows={list.rows}
        id={(entry) => entry.id}
        onHold={list.onHold}
      />
      <More load={list.loadMore} />
    </>
  );
}

const COLUMNS: Column<AuditEntry>[] = [
  { key: "at", title: words.audit.at, show: (entry) => <Time at={entry.at} /> },
  {
    key: "by",
    title: words.audit.by,
    show: (entry) => (
      <>
        {entry.by ?? <span class="dim">{words.audit.code}</span>}{" "}
        {entry.address !== undefined && <span class="dim">{entry.address}</span>}
      </>
    ),
  },
  { key: "action", title: words.audit.action, show: (entry) => <b>{entry.action}</b> },
  { key: "target", title: words.audit.target, show: (entry) => <Target entry={entry} /> },
  { key: "change", title: words.audit.change, show: (entry) => <Change entry={entry} /> },
  {
    key: "reason",
    title: words.audit.reason,
    show: (entry) => (
      <span class="cut" title={entry.reason}>
        {entry.reason ?? ""}
      </span>
    ),
  },
];

/** What has become of asking for a run is the run. */
const RUN = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** Screens of what something is done to. */
const SCREENS: Partial<Record<AuditEntry["kind"], string>> = { unit: "units", run: "runs" };

function Target({ entry }: { entry: AuditEntry }) {
  const screen = SCREENS[entry.kind];
  return (
    <>
      <span class="dim">{entry.kind}</span>{" "}
      {screen === undefined ? (
        <span>{entry.target}</span>
      ) : (
        <a href={link([screen, entry.target])}>{entry.target}</a>
      )}
    </>
  );
}

/** What was before and what is then; of settings those that differ. */
function Change({ entry }: { entry: AuditEntry }) {
  const { before, after } = entry;
  if (before === undefined && after === undefined) {
    return <span class="dim">–</span>;
  }
  const changes = settings(before, after);
  if (changes === undefined) {
    return (
      <span class="cut wide">
        {before !== undefined && <>{before} → </>}
        {after !== undefined && RUN.test(after) ? (
          <a class="mono" href={link(["runs", after])}>
            {after}
          </a>
        ) : (
          after
        )}
      </span>
    );
  }
  return (
    <ul class="changes">
      {changes.map(([name, was, is]) => (
        <li key={name}>
          {name}: {was} → {is}
        </li>
      ))}
    </ul>
  );
}

/** What differs in settings, which are told as JSON; undefined for anything else. */
export function settings(
  before: string | undefined,
  after: string | undefined,
): [string, string, string][] | undefined {
  const was = object(before);
  const is = object(after);
  if (was === undefined || is === undefined) {
    return undefined;
  }
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => was[name] !== is[name])
    .map((name) => [name, String(was[name] ?? "–"), String(is[name] ?? "–")]);
}

function object(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined || !text.startsWith("{")) {
    return undefined;
  }
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
