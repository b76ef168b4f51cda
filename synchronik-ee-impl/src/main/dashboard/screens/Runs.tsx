import { useEffect, useRef, useState } from "preact/hooks";
import { read } from "../data/api.ts";
import { useRead } from "../data/read.ts";
import type { List, Run } from "../data/types.ts";
import { Loaded, NoRows } from "../part/Panel.tsx";
import { say } from "../part/toast.tsx";
import { refine, route } from "../shell/route.ts";
import { merge } from "../table/merge.ts";
import { words } from "../words/en.ts";
import { RunTable } from "./RunTable.tsx";
import { Choice } from "./Units.tsx";

const STATES = [
  "submitted",
  "ready",
  "waiting",
  "running",
  "completed",
  "failed",
  "canceled",
  "skipped",
];
const LIMIT = 50;

export function Runs() {
  const query = route.value.query;
  const unit = query.get("unit") ?? "";
  const state = query.get("state") ?? "";
  const filters = { unit, state, limit: LIMIT };
  const page = useRead<List<Run>>("runs", filters);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.runs.title}</h1>
        <span class="sub">{unit === "" ? words.runs.newest : unit}</span>
        <span class="space" />
        <input
          type="search"
          class="input"
          aria-label={words.runs.unit}
          placeholder={words.runs.anyUnit}
          value={unit}
          onChange={(event) => refine({ unit: event.currentTarget.value.trim() })}
        />
        <Choice
          label={words.runs.state}
          chosen={state}
          options={STATES}
          onChoose={(chosen) => refine({ state: chosen })}
        />
      </div>
      <div class="card">
        <Loaded of={page}>
          {(data) => (
            <Listed
              key={`${unit} ${state}`}
              first={data}
              loading={page.loading}
              filtered={unit !== "" || state !== ""}
              more={(cursor) => read<List<Run>>("runs", { ...filters, cursor })}
            />
          )}
        </Loaded>
      </div>
    </>
  );
}

interface Shown {
  first: List<Run>;
  loading: boolean;
  filtered: boolean;
  more: (cursor: string) => Promise<List<Run>>;
}

function Listed({ first, loading, filtered, more }: Shown) {
  const [rows, setRows] = useState<Run[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [next, setNext] = useState(first.next);
  const held = useRef(false);
  const take = (hold: boolean) => {
    setRows((before) => {
      const merged = merge(before, first.items, (run) => run.id, hold);
      setWaiting(merged.waiting);
      return merged.rows;
    });
  };
  useEffect(() => {
    if (!loading) {
      take(held.current || scrollY > 0);
    }
  }, [first, loading]);
  const loadMore = async () => {
    try {
      const page = await more(next ?? "");
      setRows((before) => merge(page.items, before, (run) => run.id, false).rows);
      setNext(page.next);
    } catch (e) {
      say(String(e), true);
    }
  };
  if (rows.length === 0) {
    return (
      <NoRows
        filtered={filtered}
        none={words.runs.none}
        onClear={() => refine({ unit: undefined, state: undefined })}
      />
    );
  }
  return (
    <>
      {waiting > 0 && (
        <button type="button" class="fresh" onClick={() => take(false)}>
          {words.newRows(waiting)}
        </button>
      )}
      <RunTable
        runs={rows}
        onHold={(hold) => {
          held.current = hold;
        }}
      />
      {next !== undefined && (
        <div class="pager">
          <button type="button" class="button" onClick={loadMore}>
            {words.more}
          </button>
        </div>
      )}
    </>
  );
}
