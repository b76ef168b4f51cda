import { useState } from "preact/hooks";
import { useEvery, useRead } from "../data/read.ts";
import type { Due, DueList, Unit } from "../data/types.ts";
import { Badge, Sign, type Tone, toneOf } from "../part/Badge.tsx";
import { Empty, Loaded, Panel } from "../part/Panel.tsx";
import { link } from "../shell/route.ts";
import { Time } from "../time/Time.tsx";
import { duration, serverNow, short, zone } from "../time/time.ts";
import { words } from "../words/en.ts";

const MINUTE = 60_000;
/** Five to six times apart: at most some three hundred due times are in a span. */
const SPANS = [
  ...[0.25, 1.5, 8, 40, 200].map((it) => it * MINUTE),
  ...[16 * 60, 3 * 24 * 60, 14 * 24 * 60, 31 * 24 * 60].map((it) => it * MINUTE),
];
const WANTED = 40;
const LISTED = 10;

/** How far to look: so far that some forty due times are in it. */
export function spanOf(upcoming: readonly string[]): number {
  const [one, other] = upcoming.map((at) => Date.parse(at));
  const gap = one === undefined || other === undefined ? 30 * MINUTE : other - one;
  return SPANS.find((span) => span >= gap * WANTED) ?? 31 * 24 * 60 * MINUTE;
}

/** What became of the due times of a unit. */
export function Dues({ unit, path }: { unit: Unit; path: string }) {
  const span = spanOf(unit.upcoming);
  const every = span < 10 * MINUTE ? MINUTE / 6 : MINUTE;
  const [now, setNow] = useState(() => Math.floor(serverNow() / every) * every);
  useEvery(every, () => setNow(Math.floor(serverNow() / every) * every));
  const dues = useRead<DueList>(
    `${path}/dues`,
    {
      from: new Date(now - span).toISOString(),
      to: new Date(now + span / 4).toISOString(),
    },
    { unit: unit.id },
  );
  return (
    <Panel title={words.dues.title} hint={words.dues.hint(duration(span))}>
      <Loaded of={dues}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty>{words.dues.none}</Empty>
          ) : (
            <>
              <ol class="verdicts" aria-label={words.dues.title}>
                {data.items.slice(-2 * WANTED).map((due) => (
                  <Verdict key={due.at} due={due} unit={unit.id} />
                ))}
              </ol>
              <Notable dues={data.items} unit={unit.id} />
              {data.knownFrom !== undefined && Date.parse(data.knownFrom) > now - span && (
                <p class="pad dim">
                  {words.dues.knownFrom} <Time at={data.knownFrom} />.
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function whyOf(due: Due, unit: string): string {
  return link(["units", unit, "why"], { at: due.at });
}

function toneOfDue(due: Due): Tone {
  return due.verdict === "ran" && due.state !== undefined
    ? toneOf(due.state)
    : (DUE_TONES[due.verdict] ?? "mute");
}

const DUE_TONES: Record<string, Tone> = {
  skipped: "warn",
  misfired: "bad",
  paused: "wait",
  due: "wait",
  coming: "wait",
};

function Verdict({ due, unit }: { due: Due; unit: string }) {
  const verdict = words.dues.verdict[due.verdict] ?? due.verdict;
  const state = due.state === undefined ? "" : `, ${words.state[due.state] ?? due.state}`;
  const text = `${short(Date.parse(due.at), serverNow(), zone.value)}: ${verdict}${state}`;
  return (
    <li>
      <a
        class={`verdict ${toneOfDue(due)} ${due.verdict === "coming" ? "ahead" : due.verdict}`}
        href={whyOf(due, unit)}
        aria-label={text}
        title={text}
      >
        <Sign tone={toneOfDue(due)} />
      </a>
    </li>
  );
}

/** Those that did not just run, and the next one. */
function Notable({ dues, unit }: { dues: readonly Due[]; unit: string }) {
  const past = dues.filter((due) => due.verdict !== "coming");
  const notable = past.filter((due) => due.verdict !== "ran" || due.reason !== undefined);
  const shown = [
    ...notable.slice(-LISTED),
    ...dues.filter((due) => due.verdict === "coming").slice(0, 1),
  ];
  return (
    <ul class="plain-list">
      {shown.reverse().map((due) => (
        <li key={due.at}>
          <span>
            <Time at={due.at} />{" "}
            <Badge state={due.verdict === "ran" ? (due.state ?? "ran") : due.verdict} />{" "}
            <span class="dim">{due.reason}</span>
          </span>
          <span>
            {due.run !== undefined && <a href={link(["runs", due.run])}>{words.dues.run}</a>}{" "}
            <a href={whyOf(due, unit)}>{words.why.title}</a>
          </span>
        </li>
      ))}
    </ul>
  );
}
