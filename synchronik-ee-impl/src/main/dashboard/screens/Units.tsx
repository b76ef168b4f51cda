import { useRead } from "../data/read.ts";
import { mayChange } from "../data/session.ts";
import type { Unit, UnitList } from "../data/types.ts";
import { Badge } from "../part/Badge.tsx";
import { Empty, Loaded } from "../part/Panel.tsx";
import { link, refine, route } from "../shell/route.ts";
import { ChoiceBar, type Offer, useChoice } from "../table/choice.tsx";
import { type Column, Table } from "../table/Table.tsx";
import { Age } from "../time/Age.tsx";
import { duration } from "../time/time.ts";
import { number, words } from "../words/en.ts";
import { scheduleInWords } from "../words/schedule.ts";
import { offersOfUnits } from "./offers.ts";

const STATUSES = ["running", "error", "paused", "completed", "idle"];
const SIZE = 50;

/** What a unit's row shows: its status, or that schedules do not run it. */
export function shownState(unit: Unit): string {
  return !unit.enabled && unit.status !== "running" ? "disabled" : unit.status;
}

const COLUMNS: Column<Unit>[] = [
  {
    key: "name",
    title: words.units.name,
    sort: "name",
    show: (unit) => (
      <>
        <b>{unit.name}</b> <code class="dim">{unit.id}</code>
      </>
    ),
  },
  {
    key: "status",
    title: words.units.status,
    sort: "status",
    show: (unit) => <Badge state={shownState(unit)} />,
  },
  {
    key: "schedule",
    title: words.units.schedule,
    show: (unit) => scheduleInWords(unit.config) ?? <span class="dim">{words.units.manual}</span>,
  },
  {
    key: "next",
    title: words.units.next,
    sort: "nextDue",
    numeric: true,
    show: (unit) => <Age at={unit.nextDue} />,
  },
  {
    key: "last",
    title: words.units.last,
    sort: "lastStartedAt",
    numeric: true,
    show: (unit) => <Age at={unit.lastStartedAt} />,
  },
  {
    key: "usual",
    title: words.units.usual,
    numeric: true,
    show: (unit) =>
      unit.statistics.completed === 0 ? (
        <span class="dim">–</span>
      ) : (
        duration(unit.statistics.averageMs)
      ),
  },
  {
    key: "runs",
    title: words.units.runs,
    sort: "runs",
    numeric: true,
    show: (unit) => number(unit.statistics.runs),
  },
  {
    key: "failed",
    title: words.units.failed,
    sort: "failed",
    numeric: true,
    show: (unit) =>
      unit.statistics.failed === 0 ? (
        <span class="dim">0</span>
      ) : (
        <a class="bad-text" href={link(["runs"], { unit: unit.id, state: "failed" })}>
          {number(unit.statistics.failed)}
        </a>
      ),
  },
];

export function Units() {
  const query = route.value.query;
  const page = Math.max(1, Number(query.get("page") ?? 1) || 1);
  const sort = query.get("sort") ?? undefined;
  const status = query.get("status") ?? "";
  const units = useRead<UnitList>("units", {
    q: query.get("q") ?? "",
    status,
    sort,
    page,
    size: SIZE,
  });
  const filtered = (query.get("q") ?? "") !== "" || status !== "";
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.units.title}</h1>
        {units.data !== undefined && <span class="sub">{words.units.sub(units.data.total)}</span>}
        <span class="space" />
        <input
          type="search"
          class="input"
          aria-label={words.units.filter}
          placeholder={words.units.filter}
          value={query.get("q") ?? ""}
          onInput={(event) => refine({ q: event.currentTarget.value, page: undefined })}
        />
        <Choice
          label={words.units.status}
          chosen={status}
          options={STATUSES}
          onChoose={(chosen) => refine({ status: chosen, page: undefined })}
        />
      </div>
      <div class="card">
        <Loaded of={units}>
          {(data) =>
            data.items.length === 0 ? (
              filtered ? (
                <Empty>
                  <p>{words.noMatch}</p>
                  <button
                    type="button"
                    class="button"
                    onClick={() => refine({ q: undefined, status: undefined })}
                  >
                    {words.clear}
                  </button>
                </Empty>
              ) : (
                <Empty>
                  <p>{words.units.none}</p>
                  <pre>{SNIPPET}</pre>
                </Empty>
              )
            ) : (
              <>
                <Rows
                  key={`${query.get("q") ?? ""} ${status}`}
                  units={data.items}
                  sort={sort ?? "id"}
                  offers={offersOfUnits(query.get("q") ?? "", status)}
                />
                <Pager page={page} pages={Math.ceil(data.total / SIZE)} />
              </>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

interface Listed {
  units: readonly Unit[];
  sort: string;
  offers: readonly Offer[];
}

/** Those of a page; what is chosen on others stays so. */
function Rows({ units, sort, offers }: Listed) {
  const choice = useChoice();
  return (
    <>
      <ChoiceBar over="units" choice={choice} offers={offers} />
      <Table
        label={words.units.title}
        columns={COLUMNS}
        rows={units}
        id={(unit) => unit.id}
        href={(unit) => link(["units", unit.id])}
        sort={sort}
        onSort={(by) => refine({ sort: by, page: undefined })}
        choice={mayChange.value ? choice : undefined}
      />
    </>
  );
}

const SNIPPET = `@ApplicationScoped
public class Import {
  @Worker(id = "import", every = "15m")
  void run() { … }
}`;

interface Chosen {
  label: string;
  chosen: string;
  options: readonly string[];
  onChoose: (chosen: string | undefined) => void;
}

/** One of some states, or all. */
export function Choice({ label, chosen, options, onChoose }: Chosen) {
  return (
    <select
      class="input"
      aria-label={label}
      value={chosen}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
    >
      <option value="">
        {label}: {words.all.toLowerCase()}
      </option>
      {options.map((option) => (
        <option key={option} value={option}>
          {words.state[option] ?? words.event[option] ?? option}
        </option>
      ))}
    </select>
  );
}

function Pager({ page, pages }: { page: number; pages: number }) {
  if (pages <= 1) {
    return null;
  }
  return (
    <nav class="pager" aria-label={words.units.title}>
      <button
        type="button"
        class="button small"
        disabled={page <= 1}
        onClick={() => refine({ page: String(page - 1) })}
      >
        ‹
      </button>
      <span>
        {page} / {pages}
      </span>
      <button
        type="button"
        class="button small"
        disabled={page >= pages}
        onClick={() => refine({ page: String(page + 1) })}
      >
        ›
      </button>
    </nav>
  );
}
