import { useEffect, useRef } from "preact/hooks";
import type { Tone } from "./Badge.tsx";

/** How much of something; the width is set by code, as the policy allows no style attributes. */
export function Bar({ share, tone, label }: { share: number; tone: Tone; label: string }) {
  const fill = useRef<HTMLElement>(null);
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  useEffect(() => {
    fill.current?.style.setProperty("width", `${percent}%`);
  }, [percent]);
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(percent)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i ref={fill} class={`fill-bg ${tone}`} />
    </div>
  );
}
