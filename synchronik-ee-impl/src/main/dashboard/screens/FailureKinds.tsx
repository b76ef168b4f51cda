import type { ComponentChildren } from "preact";
import type { FailureKind } from "../data/types.ts";
import { Bar } from "../part/Bar.tsx";
import { Age } from "../time/Age.tsx";
import { number, words } from "../words/en.ts";

interface Shown {
  kinds: readonly FailureKind[];
  chosen: string;
  href: (kind: FailureKind) => string;
  /** What can be done with all of a kind. */
  action?: (kind: FailureKind) => ComponentChildren;
}

/** What failed, by kinds: those that happened last first. A kind leads to what has failed so. */
export function FailureKinds({ kinds, chosen, href, action }: Shown) {
  const all = kinds.reduce((sum, kind) => sum + kind.count, 0);
  return (
    <ul class="kinds">
      {kinds.map((kind) => (
        <li key={kind.group} class={kind.group === chosen ? "chosen" : ""}>
          <a href={href(kind)} aria-current={kind.group === chosen ? "true" : undefined}>
            <b class="mono">{simpleName(kind.type)}</b>
            <span class="num">{number(kind.count)}</span>
          </a>
          <p class="told">{kind.message ?? <span class="dim">{kind.type}</span>}</p>
          <Bar share={kind.count / all} tone="bad" label={words.failures.share} />
          <div class="kind-foot">
            <span class="dim">
              {words.failures.last} <Age at={kind.last} />
            </span>
            {action?.(kind)}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The package of an exception says less than its place costs. */
export function simpleName(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}
