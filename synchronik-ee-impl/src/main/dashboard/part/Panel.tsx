import type { ComponentChildren } from "preact";
import type { Reading } from "../data/read.ts";
import { words } from "../words/en.ts";

interface Head {
  title: string;
  hint?: ComponentChildren;
  right?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
}

export function Panel({ title, hint, right, children, class: more }: Head) {
  return (
    <section class={`card ${more ?? ""}`} aria-label={title}>
      <header class="card-head">
        <h2>{title}</h2>
        {hint !== undefined && <span class="dim">{hint}</span>}
        {right !== undefined && <span class="right">{right}</span>}
      </header>
      {children}
    </section>
  );
}

/** Shows what was read, or that it is awaited, or why it is not there. A panel fails by itself. */
export function Loaded<T>({
  of,
  children,
}: {
  of: Reading<T>;
  children: (data: T) => ComponentChildren;
}) {
  if (of.data === undefined) {
    return of.problem === undefined ? <Skeleton /> : <Trouble of={of} />;
  }
  return (
    <div class={of.loading ? "stale" : ""}>
      {of.problem !== undefined && <Trouble of={of} />}
      {children(of.data)}
    </div>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" role="status" aria-label={words.loading}>
      <i />
      <i />
      <i />
    </div>
  );
}

function Trouble<T>({ of }: { of: Reading<T> }) {
  const problem = of.problem;
  return (
    <div class="trouble" role="alert">
      <p>
        <b>{problem?.title}</b> {problem?.detail}
      </p>
      <button type="button" class="button small" onClick={of.again}>
        {words.retry}
      </button>
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}

/** What is not there any more, or never was. */
export function Gone({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{title}</h1>
      </div>
      <div class="card">
        <Empty>{children}</Empty>
      </div>
    </>
  );
}

/** A list without rows: because of what was filtered, which can be taken back, or because there are none. */
export function NoRows({
  filtered,
  none,
  onClear,
}: {
  filtered: boolean;
  none: string;
  onClear: () => void;
}) {
  return (
    <Empty>
      <p>{filtered ? words.noMatch : none}</p>
      {filtered && (
        <button type="button" class="button" onClick={onClear}>
          {words.clear}
        </button>
      )}
    </Empty>
  );
}
