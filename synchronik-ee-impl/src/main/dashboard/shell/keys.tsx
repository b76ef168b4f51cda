import { signal } from "@preact/signals";
import { Dialog } from "../part/Dialog.tsx";
import { chooseRow, moveRow, toActions } from "../table/keys.ts";
import { words } from "../words/en.ts";
import { go } from "./route.ts";

const KEPT = "synchronik.keys";
const on = signal(localStorage.getItem(KEPT) !== "off");
const help = signal(false);

const GOING: Record<string, string[]> = {
  o: [],
  r: ["runs"],
  u: ["units"],
  c: ["calendar"],
  p: ["pools"],
  n: ["nodes"],
  e: ["events"],
  i: ["engine"],
  a: ["audit"],
};

let going = false;

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && target.type === "checkbox")
  );
}

/** Listens to single keys; they can be switched off, as WCAG 2.1.4 asks for. */
export function listenToKeys(): () => void {
  const hear = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      focusSearch(event);
      return;
    }
    if (!on.value || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (going) {
      going = false;
      const path = GOING[event.key];
      if (path !== undefined) {
        event.preventDefault();
        go(path);
      }
      return;
    }
    if (event.key === "/") {
      focusSearch(event);
    } else if (event.key === "g") {
      going = true;
      setTimeout(() => {
        going = false;
      }, 1500);
    } else if (event.key === "j" || event.key === "k") {
      moveRow(document.querySelector("main tbody"), event.key === "j" ? 1 : -1);
    } else if (event.key === "x") {
      chooseRow();
    } else if (event.key === ".") {
      toActions();
    } else if (event.key === "?") {
      help.value = true;
    }
  };
  document.addEventListener("keydown", hear);
  return () => document.removeEventListener("keydown", hear);
}

function focusSearch(event: Event): void {
  event.preventDefault();
  document.getElementById("search")?.focus();
}

export function KeysDialog() {
  if (!help.value) {
    return null;
  }
  const close = () => {
    help.value = false;
  };
  return (
    <Dialog title={words.keys.title} onClose={close}>
      <dl class="pairs">
        {words.keys.list.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <div class="dialog-buttons">
        <button
          type="button"
          class="button"
          onClick={() => {
            on.value = !on.value;
            localStorage.setItem(KEPT, on.value ? "on" : "off");
          }}
        >
          {on.value ? words.keys.off : words.keys.on}
        </button>
        <button type="button" class="button" onClick={close}>
          {words.close}
        </button>
      </div>
    </Dialog>
  );
}
