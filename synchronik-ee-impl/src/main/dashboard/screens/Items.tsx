import { useState } from "preact/hooks";
import { ActButton, act, ask, whyNot } from "../act/act.tsx";
import { doToMany } from "../act/bulk.tsx";
import { randomKey, read } from "../data/api.ts";
import { useRead } from "../data/read.ts";
import { mayChange, session } from "../data/session.ts";
import type { FailureKind, Item, ItemRun, List, Run } from "../data/types.ts";
import { Figure, Figures } from "../part/Kpi.tsx";
import { Empty, Gone, Loaded, Panel } from "../part/Panel.tsx";
import { go, link, refine, route } from "../shell/route.ts";
import { Age } from "../time/Age.tsx";
import { duration } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { FailureKinds } from "./FailureKinds.tsx";
import { ItemList } from "./ItemList.tsx";
import { offersOfItems } from "./offers.ts";
import { Choice } from "./Units.tsx";

const STATES = ["initialized", "started", "completed", "failed", "canceled"];
const LIMIT = 50;

/** The items of a run. */
export function Items({ run }: { run: string }) {
  const path = `runs/${encodeURIComponent(run)}/items`;
  const query = route.value.query;
  const state = query.get("state") ?? "";
  const failure = query.get("failure") ?? "";
  const group = query.get("group") ?? "";
  const filters = { state, failure, group, limit: LIMIT };
  const standing = useRead<ItemRun>(`${path}/statistics`, {}, { run });
  const first = useRead<List<Item>>(path, filters, { run });
  const kinds = useRead<{ items: FailureKind[] }>(`${path}/failures`, {}, { run });
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
      <div class="columns">
        <div class="card">
          <Loaded of={first}>
            {(page) => (
              <ItemList
                key={`${state} ${failure} ${group}`}
                first={page}
                more={(cursor) => read<List<Item>>(path, { ...filters, cursor })}
                filtered={state !== "" || failure !== "" || group !== ""}
                offers={
                  standing.data?.state === "running"
                    ? offersOfItems(run, state, failure, group)
                    : []
                }
              />
            )}
          </Loaded>
        </div>
        <Panel
          title={words.failures.title}
          hint={kinds.data === undefined ? "" : words.failures.hint(kinds.data.items.length)}
        >
          <Loaded of={kinds}>
            {(list) =>
              list.items.length === 0 ? (
                <Empty>{words.failures.noneOfItems}</Empty>
              ) : (
                <FailureKinds
                  kinds={list.items}
                  chosen={group}
                  href={(kind) => link(["items", run], kindFilter(kind, group))}
                  action={(kind) =>
                    standing.data?.state === "running" && <RetryKind run={run} kind={kind} />
                  }
                />
              )
            }
          </Loaded>
        </Panel>
      </div>
    </>
  );
}

/** Chooses a kind of failure, or takes that back. */
function kindFilter(kind: FailureKind, chosen: string) {
  return kind.group === chosen ? {} : { state: "failed", group: kind.group };
}

function RetryKind({ run, kind }: { run: string; kind: FailureKind }) {
  return (
    <ActButton
      onPress={async () =>
        doToMany({ action: "retry", over: "items", filter: { run, group: kind.group } })
      }
    >
      {words.items.retryKind(kind.count)}
    </ActButton>
  );
}

interface Actions {
  path: string;
  standing: ItemRun;
  failure: string;
}

function RunActions({ path, standing, failure }: Actions) {
  const filter = { run: standing.run, ...(failure === "" ? {} : { failure }) };
  const retry = async () => doToMany({ action: "retry", over: "items", filter });
  const [key] = useState(randomKey);
  const runAgain = async () => {
    const told = await ask(
      words.items.againTitle,
      words.items.askAgain(standing.statistics.failed + standing.statistics.canceled),
      words.items.againNow,
    );
    if (told !== undefined) {
      const next = await act<Run>(
        "POST",
        `runs/${encodeURIComponent(standing.run)}/retry`,
        {},
        "",
        {
          ...told,
          again: key,
        },
      );
      if (next !== undefined) {
        go(["runs", next.id]);
      }
    }
  };
  const left = standing.statistics.failed + standing.statistics.canceled;
  return (
    <span class="actions">
      {standing.state !== "running" && left > 0 && (
        <ActButton kind="primary" onPress={runAgain}>
          {words.items.again}
        </ActButton>
      )}
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
