import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../words/en.ts";

interface Note {
  text: string;
  bad: boolean;
  undo: (() => void) | undefined;
}

const note = signal<Note | undefined>(undefined);
let timer: number | undefined;

/** Says what became of something that the user did. */
export function say(text: string, bad = false, undo?: () => void): void {
  clearTimeout(timer);
  note.value = { text, bad, undo };
  timer = setTimeout(
    () => {
      note.value = undefined;
    },
    undo === undefined && !bad ? 4000 : 10_000,
  );
}

export function Toasts() {
  const shown = note.value;
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Shown anew, it is above a dialog that was opened before.
    layer.current?.hidePopover();
    layer.current?.showPopover();
  }, [shown]);
  return (
    <div ref={layer} popover="manual" class="toasts" role="status" aria-live="polite">
      {shown !== undefined && (
        <div class={`toast ${shown.bad ? "bad" : ""}`}>
          <span>{shown.text}</span>
          {shown.undo !== undefined && (
            <button
              type="button"
              class="button small"
              onClick={() => {
                shown.undo?.();
                note.value = undefined;
              }}
            >
              {words.act.undo}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
