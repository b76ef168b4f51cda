import { useState } from "preact/hooks";
import { ActButton, act, ask, whyNot } from "../act/act.tsx";
import { read } from "../data/api.ts";
import { useRead } from "../data/read.ts";
import { mayChange, session } from "../data/session.ts";
import type { Item, ItemRun, List } from "../data/types.ts";
import { Badge } from "../part/Badge.tsx";
import { Figure, Figures } from "../part/Kpi.tsx";
import { Pair } from "../part/Pair.tsx";
import { Gone, Loaded, NoRows } from "../part/Panel.tsx";
import { say } from "../part/toast.tsx";
import { link, refine, route } from "../shell/route.ts";
import { type Column, Table } from "../table/Table.tsx";
import { Age } from "../time/Age.tsx";
import { Time } from "../time/Time.tsx";
import { duration } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { Choice } from "./Units.tsx";

const STATES = ["initialized", "started", "completed", "failed", "canceled"];
const LIMIT = 50;

/** The items of a run. */
export function Items({ run }: { run: string }) {
  const path = `runs/${encodeURIComponent(run)}/items`;
  const query = route.value.query;
  const state = query.get("state") ?? "";
  const failure = query.get("failure") ?? "";
  const filters = { state, failure, limit: LIMIT };
  const standing = useRead<ItemRun>(`${path}/statistics`, {}, { run });
  const first = useRead<List<Item>>(path, filters, { run });
  if (standing.data === undefined && (standing.problem?.gone || standing.problem?.status === 409)) {
    return <Gone title={run}>{words.items.gone}</Gone>;
  }
  return (
    <>
      <nav class="crumbs" aria-label="Breadcrumb">
        <a href={link(["runs"])}>{words.runs.title}</a> /{" "}
        <a href={link(["runs", run])}>{standing.data?.unit ?? run}</a> /
      </nav>
      <div class="head">
        <h1 tabIndex={-1}>{words.items.title}</h1>
        <code>{run}</code>
        <span class="space" />
        {session.value?.payloads && (
          <input
            type="search"
            class="input"
            aria-label={words.items.failure}
            placeholder={words.items.failure}
            value={failure}
            onChange={(event) =>
              refine({
                failure: event.currentTarget.value.trim(),
                state: event.currentTarget.value.trim() === "" ? state : "failed",
              })
            }
          />
        )}
        <Choice
          label={words.runs.state}
          chosen={state}
          options={STATES}
          onChoose={(chosen) => refine({ state: chosen })}
        />
        {mayChange.value ? (
          standing.data !== undefined && (
            <RunActions path={path} standing={standing.data} failure={failure} />
          )
        ) : (
          <span class="dim">{whyNot.value}</span>
        )}
      </div>
      <Loaded of={standing}>{(told) => <Counts told={told} />}</Loaded>
      <div class="card">
        <Loaded of={first}>
          {(page) => (
            <Listed
              key={`${state} ${failure}`}
              first={page}
              more={(cursor) => read<List<Item>>(path, { ...filters, cursor })}
              filtered={state !== "" || failure !== ""}
            />
          )}
        </Loaded>
      </div>
    </>
  );
}

interface Actions {
  path: string;
  standing: ItemRun;
  failure: string;
}

function RunActions({ path, standing, failure }: Actions) {
  const retry = async () => {
    const all = standing.statistics.failed;
    const text = failure === "" ? words.items.askRetry(all) : words.items.askRetryOf(failure);
    if (await ask(words.items.retryTitle, text, words.items.retryNow)) {
      const body = failure === "" ? {} : { failure };
      const answer = await act<{ retried: number }>("POST", `${path}/retry`, body, "");
      if (answer !== undefined) {
        say(words.items.retried(answer.retried));
      }
    }
  };
  return (
    <span class="actions">
      {standing.open && standing.state === "running" && (
        <ActButton onPress={() => act("POST", `${path}/close`, {}, words.act.done)}>
          {words.items.close}
        </ActButton>
      )}
      {standing.state === "running" && standing.statistics.failed > 0 && (
        <ActButton kind="primary" onPress={retry}>
          {failure === "" ? words.items.retry : words.items.retryThese}
        </ActButton>
      )}
    </span>
  );
}

function Counts({ told }: { told: ItemRun }) {
  const all = told.statistics;
  return (
    <Figures>
      <Figure
        label={words.items.final}
        value={number(all.completed + all.failed + all.canceled)}
        small={words.items.of(all.total)}
        below={told.open ? words.items.more : ""}
      />
      <Figure label={words.overview.completed} value={number(all.completed)} />
      <Figure
        label={words.overview.failed}
        value={
          all.failed === 0 ? (
            "0"
          ) : (
            <a class="bad-text" href={link(["items", told.run], { state: "failed" })}>
              {number(all.failed)}
            </a>
          )
        }
        bad={all.failed > 0}
      />
      <Figure label={words.items.started} value={number(all.started)} />
      <Figure label={words.items.waiting} value={number(all.initialized)} />
      <Figure
        label={words.items.pace}
        value={`${told.perSecond.toFixed(1)} / s`}
        below={
          told.estimatedEnd === undefined || told.state !== "running" ? (
            duration(told.elapsedMs)
          ) : (
            <>
              {words.items.ends} <Age at={told.estimatedEnd} />
            </>
          )
        }
      />
    </Figures>
  );
}

interface Shown {
  first: List<Item>;
  more: (cursor: string) => Promise<List<Item>>;
  filtered: boolean;
}

/** The pages that were asked for; the first is read again when something happens, in its order. */
function Listed({ first, more, filtered }: Shown) {
  const [further, setFurther] = useState<List<Item> | undefined>(undefined);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const next = further === undefined ? first.next : further.next;
  const loadMore = async () => {
    try {
      const page = await more(next ?? "");
      setFurther((before) => ({ ...page, items: [...(before?.items ?? []), ...page.items] }));
    } catch (e) {
      say(String(e), true);
    }
  };
  const known = new Set(first.items.map((item) => item.id));
  const rows = [...first.items, ...(further?.items.filter((item) => !known.has(item.id)) ?? [])];
  if (rows.length === 0) {
    return (
      <NoRows
        filtered={filtered}
        none={words.items.none}
        onClear={() => refine({ state: undefined, failure: undefined })}
      />
    );
  }
  return (
    <>
      <Table
        label={words.items.title}
        columns={columns(chosen, (id) => setChosen(id === chosen ? undefined : id))}
        rows={rows}
        id={(item) => item.id}
      />
      {chosen !== undefined && <Detail id={chosen} onClose={() => setChosen(undefined)} />}
      {next !== undefined && (
        <div class="pager">
          <button type="button" class="button" onClick={loadMore}>
            {words.more}
          </button>
        </div>
      )}
    </>
  );
}

function columns(chosen: string | undefined, choose: (id: string) => void): Column<Item>[] {
  return [
    {
      key: "id",
      title: words.items.item,
      show: (item) => (
        <button
          type="button"
          class="plain row-link"
          aria-expanded={item.id === chosen}
          onClick={() => choose(item.id)}
        >
          <code>{item.id}</code> {item.key !== undefined && <b>{item.key}</b>}
        </button>
      ),
    },
    { key: "state", title: words.runs.state, show: (item) => <Badge state={item.state} /> },
    {
      key: "attempt",
      title: words.runs.attempt,
      numeric: true,
      show: (item) => String(item.attempt),
    },
    {
      key: "took",
      title: words.runs.took,
      numeric: true,
      show: (item) =>
        item.durationMs === undefined ? <span class="dim">–</span> : duration(item.durationMs),
    },
    { key: "by", title: words.items.by, show: (item) => item.by ?? <span class="dim">–</span> },
    {
      key: "failure",
      title: words.run.failure,
      show: (item) => (
        <span class="cut wide">{item.failure?.message ?? item.failure?.type ?? ""}</span>
      ),
    },
  ];
}

function Detail({ id, onClose }: { id: string; onClose: () => void }) {
  const item = useRead<Item>(`items/${encodeURIComponent(id)}`);
  return (
    <section class="detail" aria-label={id}>
      <Loaded of={item}>{(data) => <Told item={data} onClose={onClose} />}</Loaded>
    </section>
  );
}

function Told({ item, onClose }: { item: Item; onClose: () => void }) {
  const path = `items/${encodeURIComponent(item.id)}`;
  const final = item.endedAt !== undefined && item.state !== "initialized";
  const cancel = async () => {
    if (await ask(words.items.cancelTitle(item.id), words.items.cancelText, words.items.cancel)) {
      await act("POST", `${path}/cancel`, {}, words.act.done);
    }
  };
  return (
    <div class="pad">
      <div class="head">
        <h2>{item.key ?? item.id}</h2>
        <Badge state={item.state} />
        <span class="space" />
        <span class="actions">
          {item.state === "failed" && (
            <ActButton
              kind="primary"
              onPress={() => act("POST", `${path}/retry`, {}, words.act.done)}
            >
              {words.items.retryOne}
            </ActButton>
          )}
          {!final && (
            <ActButton kind="danger" onPress={cancel}>
              {words.items.cancel}
            </ActButton>
          )}
          <button type="button" class="button" onClick={onClose}>
            {words.close}
          </button>
        </span>
      </div>
      <dl class="pairs">
        <Pair name={words.run.started}>
          <Time at={item.startedAt} />
        </Pair>
        <Pair name={words.items.ended}>
          <Time at={item.endedAt} />
        </Pair>
        {item.dueAt !== undefined && (
          <Pair name={words.items.due}>
            <Time at={item.dueAt} />
          </Pair>
        )}
        {item.deadline !== undefined && (
          <Pair name={words.items.deadline}>
            <Time at={item.deadline} />
          </Pair>
        )}
        {item.mutex !== undefined && <Pair name={words.items.mutex}>{item.mutex}</Pair>}
        <Pair name={words.items.priority}>{number(item.priority)}</Pair>
      </dl>
      {item.failure !== undefined && (
        <>
          <p class="bad-text">
            <b>{item.failure.type}</b> {item.failure.message}
          </p>
          {item.failure.stackTrace !== undefined && (
            <details>
              <summary>{words.run.trace}</summary>
              <pre tabIndex={0}>{item.failure.stackTrace}</pre>
            </details>
          )}
        </>
      )}
      {session.value?.payloads ? (
        <pre tabIndex={0}>
          {JSON.stringify({ payload: item.payload, result: item.result }, null, 2)}
        </pre>
      ) : (
        <p class="dim">{words.run.hidden}</p>
      )}
    </div>
  );
}
