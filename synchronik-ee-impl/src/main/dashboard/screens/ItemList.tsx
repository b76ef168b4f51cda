import { useEffect, useRef, useState } from "preact/hooks";
import { ActButton, act, ask } from "../act/act.tsx";
import { useRead } from "../data/read.ts";
import { mayChange, session } from "../data/session.ts";
import type { Item, List } from "../data/types.ts";
import { Badge } from "../part/Badge.tsx";
import { Pair } from "../part/Pair.tsx";
import { Loaded, NoRows } from "../part/Panel.tsx";
import { refine } from "../shell/route.ts";
import { ChoiceBar, type Offer, useChoice } from "../table/choice.tsx";
import { More, orSay } from "../table/newest.tsx";
import { type Column, Table } from "../table/Table.tsx";
import { Time } from "../time/Time.tsx";
import { duration } from "../time/time.ts";
import { number, words } from "../words/en.ts";

interface Shown {
  first: List<Item>;
  more: (cursor: string) => Promise<List<Item>>;
  filtered: boolean;
  /** What can be done to those that are chosen; none when the run does not go on. */
  offers: readonly Offer[];
}

/** The pages that were asked for; the first is read again when something happens, in its order. */
export function ItemList({ first, more, filtered, offers }: Shown) {
  const choice = useChoice();
  const [further, setFurther] = useState<List<Item> | undefined>(undefined);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const next = further === undefined ? first.next : further.next;
  const loadMore = async (cursor: string) => {
    const page = await orSay(more(cursor));
    if (page !== undefined) {
      setFurther((before) => ({ ...page, items: [...(before?.items ?? []), ...page.items] }));
    }
  };
  const known = new Set(first.items.map((item) => item.id));
  const rows = [...first.items, ...(further?.items.filter((item) => !known.has(item.id)) ?? [])];
  if (rows.length === 0) {
    return (
      <NoRows
        filtered={filtered}
        none={words.items.none}
        onClear={() => refine({ state: undefined, failure: undefined, group: undefined })}
      />
    );
  }
  return (
    <>
      {offers.length > 0 && <ChoiceBar over="items" choice={choice} offers={offers} />}
      <Table
        label={words.items.title}
        columns={columns(chosen, (id) => setChosen(id === chosen ? undefined : id))}
        rows={rows}
        id={(item) => item.id}
        choice={mayChange.value && offers.length > 0 ? choice : undefined}
      />
      {chosen !== undefined && (
        <Detail key={chosen} id={chosen} onClose={() => setChosen(undefined)} />
      )}
      <More load={next === undefined ? undefined : () => loadMore(next)} />
    </>
  );
}

function columns(chosen: string | undefined, choose: (id: string) => void): Column<Item>[] {
  return [
    {
      key: "id",
      title: words.items.item,
      show: (item) => (
        <button
          type="button"
          class="plain row-link"
          aria-expanded={item.id === chosen}
          onClick={() => choose(item.id)}
        >
          <code>{item.id}</code> {item.key !== undefined && <b>{item.key}</b>}
        </button>
      ),
    },
    { key: "state", title: words.runs.state, show: (item) => <Badge state={item.state} /> },
    {
      key: "attempt",
      title: words.runs.attempt,
      numeric: true,
      show: (item) => String(item.attempt),
    },
    {
      key: "took",
      title: words.runs.took,
      numeric: true,
      show: (item) =>
        item.durationMs === undefined ? <span class="dim">–</span> : duration(item.durationMs),
    },
    { key: "by", title: words.items.by, show: (item) => item.by ?? <span class="dim">–</span> },
    {
      key: "failure",
      title: words.run.failure,
      show: (item) => (
        <span class="cut" title={item.failure?.message}>
          {item.failure?.message ?? item.failure?.type ?? ""}
        </span>
      ),
    },
  ];
}

function Detail({ id, onClose }: { id: string; onClose: () => void }) {
  const item = useRead<Item>(`items/${encodeURIComponent(id)}`);
  const section = useRef<HTMLElement>(null);
  const known = item.data !== undefined;
  // It comes below the table, which may be longer than the window.
  useEffect(() => {
    if (known) {
      section.current?.scrollIntoView({ block: "nearest" });
    }
  }, [known]);
  return (
    <section class="detail" aria-label={id} ref={section}>
      <Loaded of={item}>{(data) => <Told item={data} onClose={onClose} />}</Loaded>
    </section>
  );
}

function Told({ item, onClose }: { item: Item; onClose: () => void }) {
  const path = `items/${encodeURIComponent(item.id)}`;
  const final = item.endedAt !== undefined && item.state !== "initialized";
  const cancel = async () => {
    const told = await ask(
      words.items.cancelTitle(item.id),
      words.items.cancelText,
      words.items.cancel,
    );
    if (told !== undefined) {
      await act("POST", `${path}/cancel`, {}, words.act.done, told);
    }
  };
  return (
    <div class="pad">
      <div class="head">
        <h2>{item.key ?? item.id}</h2>
        <Badge state={item.state} />
        <span class="space" />
        <span class="actions">
          {item.state === "failed" && (
            <ActButton
              kind="primary"
              onPress={() => act("POST", `${path}/retry`, {}, words.act.done)}
            >
              {words.items.retryOne}
            </ActButton>
          )}
          {!final && (
            <ActButton kind="danger" onPress={cancel}>
              {words.items.cancel}
            </ActButton>
          )}
          <button type="button" class="button" onClick={onClose}>
            {words.close}
          </button>
        </span>
      </div>
      <dl class="pairs">
        <Pair name={words.run.started}>
          <Time at={item.startedAt} />
        </Pair>
        <Pair name={words.items.ended}>
          <Time at={item.endedAt} />
        </Pair>
        {item.dueAt !== undefined && (
          <Pair name={words.items.due}>
            <Time at={item.dueAt} />
          </Pair>
        )}
        {item.deadline !== undefined && (
          <Pair name={words.items.deadline}>
            <Time at={item.deadline} />
          </Pair>
        )}
        {item.mutex !== undefined && <Pair name={words.items.mutex}>{item.mutex}</Pair>}
        <Pair name={words.items.priority}>{number(item.priority)}</Pair>
      </dl>
      {item.failure !== undefined && (
        <>
          <p class="bad-text">
            <b>{item.failure.type}</b> {item.failure.message}
          </p>
          {item.failure.stackTrace !== undefined && (
            <details>
              <summary>{words.run.trace}</summary>
              <pre tabIndex={0}>{item.failure.stackTrace}</pre>
            </details>
          )}
        </>
      )}
      {session.value?.payloads ? (
        <pre tabIndex={0}>
          {JSON.stringify({ payload: item.payload, result: item.result }, null, 2)}
        </pre>
      ) : (
        <p class="dim">{words.run.hidden}</p>
      )}
    </div>
  );
}
