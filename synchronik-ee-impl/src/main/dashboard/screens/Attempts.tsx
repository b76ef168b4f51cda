import { useState } from "preact/hooks";
import { type Reading, useEvery, useRead } from "../data/read.ts";
import { session } from "../data/session.ts";
import type { Attempt, AttemptList, OutputLine, OutputList, Run } from "../data/types.ts";
import { Badge } from "../part/Badge.tsx";
import { Empty, Loaded, Panel } from "../part/Panel.tsx";
import { refine, route } from "../shell/route.ts";
import { Since } from "../time/Age.tsx";
import { Time } from "../time/Time.tsx";
import { clock, duration, zone } from "../time/time.ts";
import { words } from "../words/en.ts";

/** What one that goes on says is told by no event. */
const LOOKS_EVERY = 2000;

/** So many lines are shown at first. */
const LATEST = 200;

/** The attempts of a run, and what the chosen one has said. */
export function Attempts({ run }: { run: Run }) {
  const path = `runs/${encodeURIComponent(run.id)}/attempts`;
  const attempts = useRead<AttemptList>(path, { limit: 1000 }, { run: run.id });
  const asked = route.value.query.get("attempt");
  const all = attempts.data?.items ?? [];
  const chosen = all.find((one) => String(one.claim) === asked) ?? all.at(-1);
  return (
    <>
      <Panel title={words.attempts.title} hint={words.attempts.hint(all.length)}>
        <Loaded of={attempts}>
          {(list) =>
            list.items.length === 0 ? (
              <Empty>{words.attempts.none}</Empty>
            ) : (
              <Rows attempts={list.items} chosen={chosen} />
            )
          }
        </Loaded>
      </Panel>
      {chosen !== undefined && (
        <Output key={chosen.claim} run={run} path={`${path}/${chosen.claim}/output`} of={chosen} />
      )}
    </>
  );
}

function Rows({ attempts, chosen }: { attempts: readonly Attempt[]; chosen: Attempt | undefined }) {
  return (
    <div class="scroll tall" role="region" aria-label={words.attempts.title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="num">
              {words.attempts.number}
            </th>
            <th scope="col">{words.attempts.outcome}</th>
            <th scope="col">{words.runs.begun}</th>
            <th scope="col" class="num">
              {words.attempts.waited}
            </th>
            <th scope="col" class="num">
              {words.runs.took}
            </th>
            <th scope="col">{words.runs.node}</th>
            <th scope="col">{words.runs.reason}</th>
            <th scope="col">{words.attempts.output}</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt, i) => (
            <tr key={attempt.claim} class={attempt === chosen ? "chosen" : ""}>
              <td class="num">{attempt.number}</td>
              <td>
                <Badge state={attempt.outcome ?? "running"} />
              </td>
              <td>
                <Time at={attempt.startedAt} />
              </td>
              <td class="num">{waited(attempts[i - 1], attempt)}</td>
              <td class="num">
                {attempt.durationMs !== undefined ? (
                  duration(attempt.durationMs)
                ) : attempt.outcome === undefined ? (
                  <Since at={attempt.startedAt} />
                ) : (
                  "–"
                )}
              </td>
              <td>{attempt.node ?? "–"}</td>
              <td>
                <span class="cut" title={reasonOf(attempt)}>
                  {reasonOf(attempt)}
                </span>
              </td>
              <td>
                <button
                  type="button"
                  class="button small"
                  aria-pressed={attempt === chosen}
                  aria-label={words.attempts.outputOf(attempt.number)}
                  onClick={() => refine({ attempt: String(attempt.claim) })}
                >
                  {words.attempts.output}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function waited(before: Attempt | undefined, attempt: Attempt): string {
  if (before?.endedAt === undefined || attempt.startedAt === undefined) {
    return "–";
  }
  return duration(Math.max(0, Date.parse(attempt.startedAt) - Date.parse(before.endedAt)));
}

function reasonOf(attempt: Attempt): string {
  if (attempt.failure === undefined) {
    return words.attempts.because[attempt.outcome ?? ""] ?? "";
  }
  const { type, message } = attempt.failure;
  return message === undefined || message === "" ? type : `${type}: ${message}`;
}

function Output({ run, path, of }: { run: Run; path: string; of: Attempt }) {
  const output = useRead<OutputList>(path, { limit: 1000 }, { run: run.id });
  const goesOn = of.outcome === undefined;
  useEvery(LOOKS_EVERY, () => {
    if (goesOn) {
      output.again();
    }
  });
  return (
    <Panel title={words.attempts.outputOf(of.number)}>
      {session.value?.payloads ? (
        <Lines output={output} unit={run.unit} />
      ) : (
        <Empty>{words.run.hidden}</Empty>
      )}
    </Panel>
  );
}

function Lines({ output, unit }: { output: Reading<OutputList>; unit: string }) {
  const [whole, setWhole] = useState(false);
  return (
    <Loaded of={output}>
      {(list) => {
        const shown = whole ? list.items : list.items.slice(-LATEST);
        const hidden = list.items.length - shown.length;
        return list.items.length === 0 ? (
          <Empty>
            {words.attempts.silent} <code>{`synchronik.unit."${unit}".log`}</code>
          </Empty>
        ) : (
          <>
            {hidden > 0 && (
              <p class="pager">
                <button type="button" class="button small" onClick={() => setWhole(true)}>
                  {words.attempts.earlier(hidden)}
                </button>
              </p>
            )}
            <div class="output" role="region" aria-label={words.attempts.output} tabIndex={0}>
              {shown.map((line, i) => (
                <Line key={line.number} line={line} before={shown[i - 1]} />
              ))}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

function Line({ line, before }: { line: OutputLine; before: OutputLine | undefined }) {
  const missing = before === undefined ? 0 : line.number - before.number - 1;
  return (
    <>
      {missing > 0 && <p class="left-out">{words.attempts.leftOut(missing)}</p>}
      <p>
        <time dateTime={line.at}>{clock(Date.parse(line.at), zone.value)}</time>{" "}
        {line.level !== undefined && (
          <b
            class={
              line.level === "error" ? "bad-text" : line.level === "warning" ? "warn-text" : ""
            }
          >
            {words.attempts.level[line.level] ?? line.level}{" "}
          </b>
        )}
        {line.logger !== undefined && line.logger !== "" && <span class="dim">{line.logger} </span>}
        {line.text}
      </p>
    </>
  );
}
