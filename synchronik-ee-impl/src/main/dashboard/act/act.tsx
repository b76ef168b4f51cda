import { computed, signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { change, type Told } from "../data/api.ts";
import { Problem } from "../data/problem.ts";
import { inProduction, mayChange, session } from "../data/session.ts";
import { everythingMayHaveChanged, liveness } from "../live/live.ts";
import { Dialog } from "../part/Dialog.tsx";
import { say } from "../part/toast.tsx";
import { words } from "../words/en.ts";

/** Sends a change and says what became of it, if there is something to say; nothing is shown as changed before the answer. */
export async function act<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body: unknown,
  done: string,
  more: Told & { undo?: () => void } = {},
): Promise<T | undefined> {
  try {
    const answer = await change<T>(method, path, body, more);
    if (done !== "") {
      say(done, false, more.undo);
    }
    everythingMayHaveChanged();
    return answer;
  } catch (e) {
    say(told(e), true);
    return undefined;
  }
}

/** Says what went wrong. */
export function told(e: unknown): string {
  return e instanceof Problem ? `${e.title}. ${e.detail}` : String(e);
}

/** Why there are no buttons, for who may only look. */
export const whyNot = computed(() => (session.value?.readOnly ? words.readOnly : words.viewerOnly));

interface Pressed extends Omit<JSX.IntrinsicElements["button"], "onClick" | "class"> {
  onPress: () => Promise<unknown> | undefined;
  kind?: "primary" | "danger" | "";
  /** Whether something has to be done before. */
  blocked?: boolean;
  children: ComponentChildren;
}

/** A button that waits for the answer; there is none for who may only look. */
export function ActButton({ onPress, kind, blocked, children }: Pressed) {
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
      disabled={busy || blocked || liveness.value === "off"}
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
  /** What has to be typed before. */
  typed: string;
  answer: (yes: Agreed | undefined) => void;
}

/** That somebody wants it, and why when he says so. */
export interface Agreed {
  reason: string;
}

const question = signal<Question | undefined>(undefined);

/** Asks before something that cannot be taken back. */
export function ask(title: string, text: string, verb: string): Promise<Agreed | undefined> {
  return put(title, text, verb, "");
}

/** Asks before something that ends a lot: in production the application's name has to be typed. */
export function askTwice(title: string, text: string, verb: string): Promise<Agreed | undefined> {
  return put(title, text, verb, inProduction.value ? (session.value?.application ?? "") : "");
}

function put(
  title: string,
  text: string,
  verb: string,
  typed: string,
): Promise<Agreed | undefined> {
  return new Promise((resolve) => {
    question.value = {
      title,
      text,
      verb,
      typed,
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
  return <QuestionDialog key={asked.title} asked={asked} />;
}

function QuestionDialog({ asked }: { asked: Question }) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  return (
    <Dialog title={asked.title} onClose={() => asked.answer(undefined)}>
      <p>{asked.text}</p>
      <Reason value={reason} onInput={setReason} />
      {asked.typed !== "" && <TypedName name={asked.typed} value={typed} onInput={setTyped} />}
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => asked.answer(undefined)}>
          {words.act.no}
        </button>
        <button
          type="button"
          class="button danger"
          disabled={typed !== asked.typed}
          onClick={() => asked.answer({ reason: reason.trim() })}
        >
          {asked.verb}
        </button>
      </div>
    </Dialog>
  );
}

interface Typed {
  /** What has to be typed. */
  name: string;
  value: string;
  onInput: (typed: string) => void;
}

/** Asks for the application's name, so that nobody takes production for something else. */
export function TypedName({ name, value, onInput }: Typed) {
  return (
    <label class="field">
      {words.act.typeName(name)}
      <input
        class="input"
        autoComplete="off"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

const LONGEST_REASON = 500;

/** Why something is done; goes into the history of what people did. */
export function Reason({ value, onInput }: { value: string; onInput: (reason: string) => void }) {
  return (
    <label class="field">
      {words.act.reason}
      <input
        class="input reason"
        autoComplete="off"
        maxLength={LONGEST_REASON}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
