import type { ComponentChildren } from "preact";

interface Figure {
  label: string;
  value: ComponentChildren;
  small?: ComponentChildren;
  below?: ComponentChildren;
  bad?: boolean;
}

/** The line of large figures on top of a screen. */
export function Figures({ children }: { children: ComponentChildren }) {
  return <dl class="card figures">{children}</dl>;
}

export function Figure({ label, value, small, below, bad }: Figure) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <b class={bad ? "bad-text" : ""}>
          {value} {small !== undefined && <small>{small}</small>}
        </b>
        {below !== undefined && <span class="dim">{below}</span>}
      </dd>
    </div>
  );
}
