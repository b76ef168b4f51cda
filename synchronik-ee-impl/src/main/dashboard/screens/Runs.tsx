import { read } from "../data/api.ts";
import { useRead } from "../data/read.ts";
import type { FailureKind, List as PageOf, Run } from "../data/types.ts";
import { Empty, Loaded, NoRows } from "../part/Panel.tsx";
import { link, refine, route } from "../shell/route.ts";
import { Fresh, More, useNewest } from "../table/newest.tsx";
import { words } from "../words/en.ts";
import { FailureKinds } from "./FailureKinds.tsx";
import { RunTable } from "./RunTable.tsx";
import { Choice } from "./Units.tsx";

const STATES = [
  "submitted",
  "ready",
  "waiting",
  "running",
  "completed",
  "failed",
  "canceled",
  "skipped",
];
const LIMIT = 50;

type Page = PageOf<Run>;

/** How far back kinds of failure are looked for. */
const SPANS = { day: "-24h", week: "-7d", month: "-30d" } as const;

export function Runs() {
  const query = route.value.query;
  const unit = query.get("unit") ?? "";
  const byKind = query.get("view") === "failures";
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.runs.title}</h1>
        <span class="sub">{unit === "" ? words.runs.newest : unit}</span>
        <nav class="segments" aria-label={words.runs.views}>
          <a href={link(["runs"], { unit })} aria-current={byKind ? undefined : "page"}>
            {words.runs.list}
          </a>
          <a
            href={link(["runs"], { unit, view: "failures" })}
            aria-current={byKind ? "page" : undefined}
          >
            {words.failures.title}
          </a>
        </nav>
        <span class="space" />
        <input
          type="search"
          class="input"
          aria-label={words.runs.unit}
          placeholder={words.runs.anyUnit}
          value={unit}
          onChange={(event) => refine({ unit: event.currentTarget.value.trim() })}
        />
        {byKind ? <Span /> : <StateChoice />}
      </div>
      {byKind ? <Kinds unit={unit} /> : <List unit={unit} />}
    </>
  );
}

function StateChoice() {
  return (
    <Choice
      label={words.runs.state}
      chosen={route.value.query.get("state") ?? ""}
      options={STATES}
      onChoose={(chosen) => refine({ state: chosen, group: undefined })}
    />
  );
}

function List({ unit }: { unit: string }) {
  const query = route.value.query;
  const state = query.get("state") ?? "";
  const group = query.get("group") ?? "";
  const filters = { unit, state, group, limit: LIMIT };
  const page = useRead<Page>("runs", filters);
  return (
    <div class="card">
      {group !== "" && (
        <p class="chosen-kind">
          {words.failures.only}
          <button type="button" class="button small" onClick={() => refine({ group: undefined })}>
            {words.failures.all}
          </button>
        </p>
      )}
      <Loaded of={page}>
        {(data) => (
          <Listed
            key={`${unit} ${state} ${group}`}
            first={data}
            loading={page.loading}
            filtered={unit !== "" || state !== "" || group !== ""}
            more={(cursor) => read<Page>("runs", { ...filters, cursor })}
          />
        )}
      </Loaded>
    </div>
  );
}

function span(): keyof typeof SPANS {
  const chosen = route.value.query.get("span") ?? "";
  return chosen in SPANS ? (chosen as keyof typeof SPANS) : "day";
}

function Span() {
  return (
    <select
      class="input"
      aria-label={words.failures.span}
      value={span()}
      onChange={(event) => refine({ span: event.currentTarget.value })}
    >
      {Object.keys(SPANS).map((name) => (
        <option key={name} value={name}>
          {words.failures.spans[name]}
        </option>
      ))}
    </select>
  );
}

function Kinds({ unit }: { unit: string }) {
  const kinds = useRead<{ items: FailureKind[] }>("failures", { unit, from: SPANS[span()] });
  return (
    <div class="card">
      <Loaded of={kinds}>
        {(list) =>
          list.items.length === 0 ? (
            <Empty>{words.failures.none}</Empty>
          ) : (
            <FailureKinds
              kinds={list.items}
              chosen=""
              href={(kind) => link(["runs"], { unit, state: "failed", group: kind.group })}
            />
          )
        }
      </Loaded>
    </div>
  );
}

interface Shown {
  first: Page;
  loading: boolean;
  filtered: boolean;
  more: (cursor: string) => Promise<Page>;
}

function Listed({ first, loading, filtered, more }: Shown) {
  const list = useNewest(first, loading, (run) => run.id, more);
  if (list.rows.length === 0) {
    return (
      <NoRows
        filtered={filtered}
        none={words.runs.none}
        onClear={() => refine({ unit: undefined, state: undefined, group: undefined })}
      />
    );
  }
  return (
    <>
      <Fresh of={list} />
      <RunTable runs={list.rows} onHold={list.onHold} />
      <More load={list.loadMore} />
    </>
  );
}
