import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { change } from "../data/api.ts";
import { Problem } from "../data/problem.ts";
import { inProduction, session } from "../data/session.ts";
import type { Bulk, BulkAction, BulkOrder } from "../data/types.ts";
import { follow } from "../live/bulks.ts";
import { Dialog } from "../part/Dialog.tsx";
import { words } from "../words/en.ts";
import { ActButton, Reason, TypedName, told } from "./act.tsx";

interface Asked {
  order: BulkOrder;
  begun: () => void;
}

const asked = signal<Asked | undefined>(undefined);

/** Asks whether something is to be done to many, with the server's count, and has it done. */
export function doToMany(order: BulkOrder, begun: () => void = () => undefined): void {
  asked.value = { order, begun };
}

export function BulkQuestion() {
  const now = asked.value;
  return now === undefined ? null : <Question asked={now} />;
}

/** What ends or stops something. */
const DANGEROUS: ReadonlySet<BulkAction> = new Set(["cancel", "pause", "disable"]);

/** To more than so many nothing is done in production before the application's name is typed. */
const MANY = 100;

/** The counts differ by more than the server takes for the same. */
const MOVED = 409;

function Question({ asked: { order, begun } }: { asked: Asked }) {
  const [count, setCount] = useState<number | undefined>(undefined);
  const [trouble, setTrouble] = useState("");
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const close = () => {
    asked.value = undefined;
  };
  const recount = async () => {
    setCount(undefined);
    try {
      setCount((await change<{ count: number }>("POST", "bulk/count", order)).count);
    } catch (e) {
      setTrouble(told(e));
    }
  };
  useEffect(() => void recount(), []);
  const send = async () => {
    try {
      const why = { reason: reason.trim() };
      follow(await change<Bulk>("POST", "bulk", { ...order, expected: count }, why));
      close();
      begun();
    } catch (e) {
      setTrouble(told(e));
      if (e instanceof Problem && e.status === MOVED) {
        await recount();
      }
    }
  };
  const name = inProduction.value && (count ?? 0) > MANY ? (session.value?.application ?? "") : "";
  const verb = words.bulk.verb(order.action, order.over);
  return (
    <Dialog title={words.bulk.title(verb, order.over)} onClose={close}>
      <p aria-live="polite">
        <b>{count === undefined ? words.bulk.counting : words.bulk.things(order.over, count)}</b>{" "}
        {words.bulk.meaning(order.action, order.over)}
      </p>
      {trouble !== "" && (
        <p class="bad-text" role="alert">
          {trouble}
        </p>
      )}
      <Reason value={reason} onInput={setReason} />
      {name !== "" && <TypedName name={name} value={typed} onInput={setTyped} />}
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={close}>
          {words.act.no}
        </button>
        <ActButton
          kind={DANGEROUS.has(order.action) ? "danger" : "primary"}
          onPress={send}
          blocked={count === undefined || count === 0 || typed !== name}
        >
          {words.bulk.now(verb, count)}
        </ActButton>
      </div>
    </Dialog>
  );
}
