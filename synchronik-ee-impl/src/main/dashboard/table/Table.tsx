import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { words } from "../words/en.ts";
import type { Choice } from "./choice.tsx";
import { onKeys } from "./keys.ts";

export interface Column<T> {
  key: string;
  title: string;
  numeric?: boolean;
  /** Orders by it when its title is pressed. */
  sort?: string;
  show: (row: T) => ComponentChildren;
}

interface Shown<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  id: (row: T) => string;
  href?: (row: T) => string;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  /** Told when pointer or focus come in and leave, so that rows do not move under somebody's hand. */
  onHold?: (held: boolean) => void;
  /** What is chosen; undefined when nothing can be. */
  choice?: Choice | undefined;
}

/** A table whose rows keep their elements; j and k go through it, Enter opens a row. */
export function Table<T>(shown: Shown<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { columns, rows, sort, onSort, onHold, choice } = shown;
  return (
    <div class="scroll" role="region" aria-label={shown.label} tabIndex={0}>
      <table
        aria-label={shown.label}
        onMouseEnter={() => onHold?.(true)}
        onMouseLeave={() => onHold?.(false)}
        onFocusIn={() => onHold?.(true)}
        onFocusOut={() => onHold?.(false)}
      >
        <thead>
          <tr>
            {choice !== undefined && (
              <th class="pick">
                <Pick label={words.bulk.chooseShown} ids={rows.map(shown.id)} choice={choice} />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={column.numeric ? "num" : ""}
                aria-sort={order(column, sort)}
              >
                {column.sort !== undefined && onSort !== undefined ? (
                  <button
                    type="button"
                    class="plain"
                    onClick={() =>
                      onSort(sort === column.sort ? `-${column.sort}` : (column.sort ?? ""))
                    }
                  >
                    {column.title}
                    {sort === column.sort ? " ↑" : sort === `-${column.sort}` ? " ↓" : ""}
                  </button>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={(event) => onKeys(event, body.current)}>
          {rows.map((row) => (
            <tr key={shown.id(row)} data-id={shown.id(row)}>
              {choice !== undefined && (
                <td class="pick">
                  <Pick
                    label={words.bulk.choose(shown.id(row))}
                    ids={[shown.id(row)]}
                    choice={choice}
                  />
                </td>
              )}
              {columns.map((column, at) => (
                <td key={column.key} class={column.numeric ? "num" : ""}>
                  {at === 0 && shown.href !== undefined ? (
                    <a class="row-link" href={shown.href(row)}>
                      {column.show(row)}
                    </a>
                  ) : (
                    column.show(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Picked {
  label: string;
  ids: readonly string[];
  choice: Choice;
}

function Pick({ label, ids, choice }: Picked) {
  const chosen = choice.all || (ids.length > 0 && ids.every((id) => choice.ids.has(id)));
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={chosen}
      disabled={choice.all}
      onChange={(event) => choice.choose(ids, event.currentTarget.checked)}
    />
  );
}

function order<T>(column: Column<T>, sort: string | undefined) {
  if (column.sort === undefined || sort === undefined) {
    return undefined;
  }
  return sort === column.sort ? "ascending" : sort === `-${column.sort}` ? "descending" : "none";
}
