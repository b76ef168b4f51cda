import type { ComponentChildren } from "preact";

/** A name and what it stands for, in a list of class "pairs". */
export function Pair({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
