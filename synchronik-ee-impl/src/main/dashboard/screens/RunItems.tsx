import { useRead } from "../data/read.ts";
import type { ItemRun, Step, Unit } from "../data/types.ts";
import { Bar } from "../part/Bar.tsx";
import { Panel } from "../part/Panel.tsx";
import { link } from "../shell/route.ts";
import { number, words } from "../words/en.ts";

/** How the items of a run stand. */
export function RunItems({ run, title }: { run: string; title: string }) {
  const items = useRead<ItemRun>(`runs/${encodeURIComponent(run)}/items/statistics`, {}, { run });
  const told = items.data;
  if (told === undefined || told.statistics.total === 0) {
    return null;
  }
  const all = told.statistics;
  return (
    <Panel title={title} right={<a href={link(["items", run])}>{words.items.all}</a>}>
      <div class="pad">
        <p>
          <b>{words.run.itemsOf(all.completed + all.failed + all.canceled, all.total)}</b>{" "}
          <span class="dim">{words.run.perSecond(told.perSecond.toFixed(1))}</span>
        </p>
        <Bar
          share={(all.completed + all.failed + all.canceled) / all.total}
          tone="ok"
          label={title}
        />
        <p>
          <span class="ok-text">
            {number(all.completed)} {words.state.completed}
          </span>{" "}
          {all.failed === 0 ? (
            <span class="dim">
              {number(0)} {words.state.failed}
            </span>
          ) : (
            <a class="bad-text" href={link(["items", run], { state: "failed" })}>
              {number(all.failed)} {words.state.failed}
            </a>
          )}{" "}
          <span class="run-text">
            {number(all.started)} {words.state.running}
          </span>
        </p>
      </div>
    </Panel>
  );
}

/** More steps are not asked one by one. */
const ASKED = 8;

/** A step completes though some of its items have failed: the run of the process shows that too. */
export function ItemsOfSteps({ steps }: { steps: readonly Step[] }) {
  const begun = steps.filter((step) => step.run !== undefined);
  return (
    <>
      {begun.slice(0, ASKED).map((step) => (
        <ItemsOfStep key={step.worker} worker={step.worker} run={step.run ?? ""} />
      ))}
    </>
  );
}

function ItemsOfStep({ worker, run }: { worker: string; run: string }) {
  const unit = useRead<Unit>(`units/${encodeURIComponent(worker)}`, {}, "never");
  return unit.data?.items ? <RunItems run={run} title={`${words.run.items}: ${worker}`} /> : null;
}
