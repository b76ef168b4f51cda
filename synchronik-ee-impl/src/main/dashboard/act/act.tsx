import { signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { change } from "../data/api.ts";
import { Problem } from "../data/problem.ts";
import { mayChange } from "../data/session.ts";
import { everythingMayHaveChanged, liveness } from "../live/live.ts";
import { Dialog } from "../part/Dialog.tsx";
import { say } from "../part/toast.tsx";
import { words } from "../words/en.ts";

/** Sends a change and says what became of it; nothing is shown as changed before the answer. */
export async function act<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body: unknown,
  done: string,
  again?: string,
  undo?: () => void,
): Promise<T | undefined> {
  try {
    const answer = await change<T>(method, path, body, again);
    say(done, false, undo);
    everythingMayHaveChanged();
    return answer;
  } catch (e) {
    say(e instanceof Problem ? `${e.title}. ${e.detail}` : String(e), true);
    return undefined;
  }
}

interface Pressed extends Omit<JSX.IntrinsicElements["button"], "onClick" | "class"> {
  onPress: () => Promise<unknown> | undefined;
  kind?: "primary" | "danger" | "";
  children: ComponentChildren;
}

/** A button that waits for the answer; there is none for who may only look. */
export function ActButton({ onPress, kind, children }: Pressed) {
  const [busy, setBusy] = useState(false);
  if (!mayChange.value) {
    return null;
  }
  const press = async () => {
    setBusy(true);
    try {
      await onPress();
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      class={`button ${kind ?? ""}`}
      disabled={busy || liveness.value === "off"}
      aria-busy={busy}
      onClick={press}
    >
      {children}
    </button>
  );
}

interface Question {
  title: string;
  text: string;
  verb: string;
  answer: (yes: boolean) => void;
}

const question = signal<Question | undefined>(undefined);

/** Asks before something that cannot be taken back. */
export function ask(title: string, text: string, verb: string): Promise<boolean> {
  return new Promise((resolve) => {
    question.value = {
      title,
      text,
      verb,
      answer: (yes) => {
        question.value = undefined;
        resolve(yes);
      },
    };
  });
}

export function Questions() {
  const asked = question.value;
  if (asked === undefined) {
    return null;
  }
  return (
    <Dialog title={asked.title} onClose={() => asked.answer(false)}>
      <p>{asked.text}</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => asked.answer(false)}>
          {words.act.no}
        </button>
        <button type="button" class="button danger" onClick={() => asked.answer(true)}>
          {asked.verb}
        </button>
      </div>
    </Dialog>
  );
}
