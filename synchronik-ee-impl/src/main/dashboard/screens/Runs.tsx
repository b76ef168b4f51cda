import { ActButton } from "../act/act.tsx";
import { doToMany } from "../act/bulk.tsx";
import { read } from "../data/api.ts";
import { useRead } from "../data/read.ts";
import { mayChange } from "../data/session.ts";
import type { FailureKind, List as PageOf, Run } from "../data/types.ts";
import { Empty, Loaded, NoRows } from "../part/Panel.tsx";
import { link, refine, route } from "../shell/route.ts";
import { ChoiceBar, type Offer, useChoice } from "../table/choice.tsx";
import { Fresh, More, useNewest } from "../table/newest.tsx";
import { words } from "../words/en.ts";
import { FailureKinds } from "./FailureKinds.tsx";
import { offersOfRuns } from "./offers.ts";
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
            offers={offersOfRuns(unit, state, group)}
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
              action={(kind) => <RunAgain unit={unit} group={kind.group} />}
            />
          )
        }
      </Loaded>
    </div>
  );
}

/** Runs again what failed so in the time that is looked at. */
function RunAgain({ unit, group }: { unit: string; group: string }) {
  const filter = { group, from: SPANS[span()], ...(unit === "" ? {} : { unit }) };
  return (
    <ActButton onPress={async () => doToMany({ action: "retry", over: "runs", filter })}>
      {words.bulk.button(words.bulk.verb("retry", "runs"))}
    </ActButton>
  );
}

interface Shown {
  first: Page;
  loading: boolean;
  filtered: boolean;
  offers: readonly Offer[];
  more: (cursor: string) => Promise<Page>;
}

function Listed({ first, loading, filtered, offers, more }: Shown) {
  const choice = useChoice();
  const list = useNewest(first, loading, (run) => run.id, more, choice.some);
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
      <ChoiceBar over="runs" choice={choice} offers={offers} />
      <Fresh of={list} />
      <RunTable
        runs={list.rows}
        onHold={list.onHold}
        choice={mayChange.value ? choice : undefined}
      />
      <More load={list.loadMore} />
    </>
  );
}
