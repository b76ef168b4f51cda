import type { ComponentChildren } from "preact";
import { type Concern, useRead } from "../data/read.ts";
import type { WhyCheck, WhyData } from "../data/types.ts";
import { Sign, type Tone } from "../part/Badge.tsx";
import { Loaded, Panel } from "../part/Panel.tsx";
import { link } from "../shell/route.ts";
import { Age } from "../time/Age.tsx";
import { Time } from "../time/Time.tsx";
import { words } from "../words/en.ts";

const TONES: Record<WhyCheck["answer"], Tone> = {
  met: "ok",
  unmet: "bad",
  open: "wait",
  unknown: "mute",
};

interface About {
  path: string;
  concern: Concern;
  /** The due time that is asked about, of a unit; none for now. */
  at?: string | undefined;
}

export function WhyPanel({ path, concern, at }: About) {
  return at === undefined ? (
    <Panel title={words.why.title} hint={words.why.hint}>
      <Why path={path} concern={concern} />
    </Panel>
  ) : (
    <Panel title={words.dues.whyThen} hint={<Time at={at} />}>
      <Why path={path} concern={concern} at={at} />
    </Panel>
  );
}

/** What the engine asks before it goes on with something, and what the answers are. */
export function Why({ path, concern, at }: About) {
  const why = useRead<WhyData>(`${path}/why`, { at }, concern);
  return (
    <Loaded of={why}>
      {(data) => (
        <ul class="why">
          {data.checks.map((check) => (
            <Check
              key={check.code + check.text}
              check={check}
              decisive={check.code === data.decisive}
            />
          ))}
        </ul>
      )}
    </Loaded>
  );
}

function Check({ check, decisive }: { check: WhyCheck; decisive: boolean }) {
  const text = withTimes(check.text);
  const target = check.link === undefined ? undefined : addressOf(check.link);
  return (
    <li class={decisive ? "decisive" : ""}>
      <Sign tone={TONES[check.answer]} />
      <span>
        <span class="hidden">{words.why.answer[check.answer]}: </span>
        {text} {target !== undefined && <a href={target}>{words.why.look}</a>}
        {check.since !== undefined && (
          <span class="dim">
            {" "}
            <Age at={check.since} />
          </span>
        )}
      </span>
    </li>
  );
}

const INSTANT = /(\d{4}-\d\d-\d\dT[\d:.]+Z)/;

/** Times are told in the zone that was chosen. */
function withTimes(text: string): ComponentChildren[] {
  return text
    .split(INSTANT)
    .map((part) => (INSTANT.test(part) ? <Time key={part} at={part} /> : part));
}

function addressOf(to: { kind: string; id: string }): string | undefined {
  switch (to.kind) {
    case "unit":
      return link(["units", to.id]);
    case "run":
      return link(["runs", to.id]);
    case "node":
      return link(["nodes"]);
    case "step": {
      const at = to.id.indexOf("/");
      return link(["runs", to.id.slice(0, at)], { step: to.id.slice(at + 1) });
    }
    default:
      return undefined;
  }
}
