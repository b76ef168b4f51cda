import { useState } from "preact/hooks";
import { ActButton, act, ask, whyNot } from "../act/act.tsx";
import { apiUrl, randomKey } from "../data/api.ts";
import { useRead } from "../data/read.ts";
import { mayChange, session } from "../data/session.ts";
import type { EventList, Run as RunData, RunGraph, Step, Unit } from "../data/types.ts";
import { Flow } from "../graph/Flow.tsx";
import { Gantt } from "../graph/Gantt.tsx";
import { Badge } from "../part/Badge.tsx";
import { Bar } from "../part/Bar.tsx";
import { Figure, Figures } from "../part/Kpi.tsx";
import { Empty, Gone, Loaded, Panel } from "../part/Panel.tsx";
import { say } from "../part/toast.tsx";
import { go, link, refine, route } from "../shell/route.ts";
import { Since } from "../time/Age.tsx";
import { Time } from "../time/Time.tsx";
import { duration, serverNow, short, zone } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { Attempts } from "./Attempts.tsx";
import { EventRows } from "./Events.tsx";
import { ItemsOfSteps, RunItems } from "./RunItems.tsx";
import { Why, WhyPanel } from "./WhyPanel.tsx";

export function Run({ id }: { id: string }) {
  const path = `runs/${encodeURIComponent(id)}`;
  const run = useRead<RunData>(path, {}, { run: id });
  const unit = useRead<Unit>(
    run.data === undefined ? null : `units/${encodeURIComponent(run.data.unit)}`,
    {},
    "never",
  );
  const graph = useRead<RunGraph>(unit.data?.kind === "process" ? `${path}/graph` : null);
  if (run.problem?.gone && run.data === undefined) {
    return <Gone title={id}>{words.run.gone}</Gone>;
  }
  return (
    <Loaded of={run}>
      {(data) => (
        <>
          <Head run={data} steps={graph.data?.nodes ?? []} />
          <Numbers run={data} unit={unit.data} steps={graph.data?.nodes} />
          <div class="columns">
            <div class="stack">
              {graph.data !== undefined && <Steps run={data} graph={graph.data} />}
              {data.failure !== undefined && <FailurePanel run={data} />}
              {unit.data?.kind === "worker" && <Attempts run={data} />}
              <RunEvents run={data} />
            </div>
            <div class="stack">
              <WhyPanel path={path} concern={{ run: id }} />
              {graph.data !== undefined && <StepPanel run={id} steps={graph.data.nodes} />}
              {unit.data?.items && <RunItems run={data.id} title={words.run.items} />}
              {graph.data !== undefined && <ItemsOfSteps steps={graph.data.nodes} />}
              <Data run={data} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

const OPEN = new Set(["submitted", "ready", "waiting", "running"]);

function Head({ run, steps }: { run: RunData; steps: readonly Step[] }) {
  const running = steps.filter((step) => step.state === "running").length;
  const path = `runs/${encodeURIComponent(run.id)}`;
  const cancel = async () => {
    const told = await ask(
      words.act.cancelTitle,
      words.act.cancelText(running),
      words.act.cancelNow,
    );
    if (told !== undefined) {
      await act("POST", `${path}/cancel`, {}, words.act.done, told);
    }
  };
  const [key] = useState(randomKey);
  const retry = async () => {
    const next = await act<RunData>("POST", `${path}/retry`, {}, words.act.done, {
      again: key,
    });
    if (next !== undefined) {
      go(["runs", next.id]);
    }
  };
  return (
    <>
      <nav class="crumbs" aria-label="Breadcrumb">
        <a href={link(["runs"])}>{words.runs.title}</a> /{" "}
        <a href={link(["units", run.unit])}>{run.unit}</a> /
      </nav>
      <div class="head">
        <h1 tabIndex={-1}>{run.unit}</h1>
        <Badge state={run.state} />
        <code>{run.id}</code>
        <span class="space" />
        <button type="button" class="button" onClick={copyLink}>
          {words.copyLink}
        </button>
        {mayChange.value ? (
          <span class="actions">
            {OPEN.has(run.state) && (
              <ActButton kind="danger" onPress={cancel}>
                {words.act.cancel}
              </ActButton>
            )}
            {(run.state === "failed" || run.state === "canceled") && steps.length > 0 && (
              <ActButton kind="primary" onPress={retry}>
                {words.act.retryRest}
              </ActButton>
            )}
          </span>
        ) : (
          <span class="dim">{whyNot.value}</span>
        )}
      </div>
    </>
  );
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    say(words.copied);
  } catch {
    say(location.href);
  }
}

function Numbers({
  run,
  unit,
  steps,
}: {
  run: RunData;
  unit: Unit | undefined;
  steps: readonly Step[] | undefined;
}) {
  const usual =
    unit === undefined || unit.statistics.completed === 0
      ? undefined
      : words.run.usually(duration(unit.statistics.averageMs));
  const due =
    run.scheduledAt === undefined
      ? run.cause
      : `${words.run.due(short(Date.parse(run.scheduledAt), serverNow(), zone.value))} · ${run.cause}`;
  return (
    <Figures>
      <Figure label={words.run.started} value={<Time at={run.startedAt} />} below={due} />
      <Figure
        label={run.endedAt === undefined ? words.run.soFar : words.run.took}
        value={
          run.durationMs === undefined ? <Since at={run.startedAt} /> : duration(run.durationMs)
        }
        below={usual}
      />
      {steps !== undefined ? (
        <Figure
          label={words.run.steps}
          value={number(steps.filter((step) => step.verdict !== undefined).length)}
          small={words.run.stepsEnded(steps.length)}
        />
      ) : (
        <Figure label={words.run.attempts} value={number(run.attempt)} />
      )}
      <Figure
        label={words.run.node}
        value={run.node ?? "–"}
        below={run.requestedBy === undefined ? "" : words.run.by(run.requestedBy)}
      />
      {run.process !== undefined && (
        <Figure
          label={words.run.process}
          value={<a href={link(["runs", run.process])}>{run.process.slice(-6)}</a>}
        />
      )}
      {run.progress !== undefined && (
        <Figure
          label={words.run.progress}
          value={`${number(Math.round(run.progress.percentage))} %`}
          below={
            <Bar share={run.progress.percentage / 100} tone="run" label={words.run.progress} />
          }
        />
      )}
      {run.reason !== undefined && (
        <Figure label={words.run.why} value={<small>{run.reason}</small>} />
      )}
    </Figures>
  );
}

function Steps({ run, graph }: { run: RunData; graph: RunGraph }) {
  const chosen = route.value.query.get("step") ?? undefined;
  const choose = (worker: string) => refine({ step: worker });
  return (
    <>
      <Panel title={words.run.flow} hint={words.run.flowHint}>
        <Flow graph={graph} chosen={chosen} onChoose={choose} />
      </Panel>
      {run.startedAt !== undefined && (
        <Panel title={words.run.time}>
          <div class="pad">
            <Gantt steps={graph.nodes} startedAt={run.startedAt} endedAt={run.endedAt} />
          </div>
        </Panel>
      )}
      <Panel title={words.run.list}>
        <div class="scroll" role="region" aria-label={words.run.list} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.run.step}</th>
                <th scope="col">{words.runs.state}</th>
                <th scope="col" class="num">
                  {words.runs.took}
                </th>
                <th scope="col" class="num">
                  {words.run.attempts}
                </th>
                <th scope="col">{words.runs.reason}</th>
              </tr>
            </thead>
            <tbody>
              {graph.nodes.map((step) => (
                <tr key={step.worker}>
                  <td>
                    {step.run === undefined ? (
                      step.worker
                    ) : (
                      <a href={link(["runs", step.run])}>{step.worker}</a>
                    )}
                  </td>
                  <td>
                    <Badge state={step.state} />
                  </td>
                  <td class="num">
                    {step.durationMs === undefined ? "–" : duration(step.durationMs)}
                  </td>
                  <td class="num">{step.attempts}</td>
                  <td>
                    <span class="cut">{step.failure?.type ?? step.reason ?? ""}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </>
  );
}

function StepPanel({ run, steps }: { run: string; steps: readonly Step[] }) {
  const chosen = route.value.query.get("step");
  const step = steps.find((one) => one.worker === chosen);
  if (step === undefined) {
    return null;
  }
  return (
    <Panel title={step.worker} right={<Badge state={step.state} />}>
      <Why
        path={`runs/${encodeURIComponent(run)}/steps/${encodeURIComponent(step.worker)}`}
        concern={{ run }}
      />
      <div class="pad">
        {step.failure !== undefined && (
          <p>
            <code>{step.failure.type}</code> {step.failure.message}
          </p>
        )}
        <p>
          {step.run !== undefined && <a href={link(["runs", step.run])}>{words.run.openRun}</a>}{" "}
          <a href={link(["units", step.worker])}>{words.runs.unit}</a>
        </p>
      </div>
    </Panel>
  );
}

function FailurePanel({ run }: { run: RunData }) {
  return (
    <Panel title={words.run.failure}>
      <div class="pad">
        <p>
          <code>{run.failure?.type}</code>
        </p>
        {run.failure?.message !== undefined && <p class="told">{run.failure.message}</p>}
        {run.failure?.stackTrace !== undefined && (
          <details>
            <summary>{words.run.trace}</summary>
            <pre tabIndex={0}>{run.failure.stackTrace}</pre>
          </details>
        )}
      </div>
    </Panel>
  );
}

function RunEvents({ run }: { run: RunData }) {
  const events = useRead<EventList>("events", { run: run.id, limit: 1000 }, { run: run.id });
  return (
    <Panel title={words.run.events}>
      <Loaded of={events}>
        {(list) => {
          const mine = [...list.items].reverse();
          return mine.length === 0 ? (
            <Empty>{words.events.none}</Empty>
          ) : (
            <EventRows events={mine} without="unit" />
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Data({ run }: { run: RunData }) {
  return (
    <Panel title={words.run.data} right={<a href={apiUrl(`runs/${run.id}`)}>JSON</a>}>
      <div class="pad">
        {session.value?.payloads ? (
          <>
            <Json title={words.run.payload} value={run.payload} />
            <Json title={words.run.result} value={run.result} />
          </>
        ) : (
          <p class="dim">{words.run.hidden}</p>
        )}
      </div>
    </Panel>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  if (value === undefined || value === null) {
    return (
      <p>
        {title}: <span class="dim">{words.run.noPayload}</span>
      </p>
    );
  }
  return (
    <details>
      <summary>{title}</summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
