import { useEffect, useState } from "preact/hooks";
import { read } from "../data/api.ts";
import { session } from "../data/session.ts";
import type { Run, UnitList } from "../data/types.ts";
import { Icon } from "../part/icons.tsx";
import { words } from "../words/en.ts";
import { go, link } from "./route.ts";

interface Found {
  key: string;
  text: string;
  kind: string;
  path: string[];
}

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/i;
const PAUSE = 200;

/** One box for everything: units by name, runs by id, screens by name. */
export function Search() {
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found[] | undefined>(undefined);
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (text.trim() === "" || session.value === undefined) {
      setFound(undefined);
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void find(text.trim(), stop.signal)
        .then((all) => {
          setFound(all);
          setAt(0);
        })
        .catch(() => undefined);
    }, PAUSE);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [text]);
  const open = (one: Found | undefined) => {
    if (one !== undefined) {
      setText("");
      setFound(undefined);
      go(one.path);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const all = found ?? [];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : all.length - 1;
      setAt(all.length === 0 ? 0 : (at + by) % all.length);
    } else if (event.key === "Enter") {
      open(all[at]);
    } else if (event.key === "Escape") {
      setText("");
      (event.currentTarget as HTMLElement).blur();
    }
  };
  const shown = found !== undefined;
  return (
    <div class="search">
      <Icon name="search" />
      <input
        id="search"
        type="text"
        role="combobox"
        autoComplete="off"
        aria-label={words.search.label}
        aria-expanded={shown}
        aria-controls="found"
        aria-activedescendant={shown && found[at] !== undefined ? `found-${at}` : undefined}
        placeholder={words.search.hint}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <kbd>/</kbd>
      {shown && (
        <div id="found" role="listbox" aria-label={words.search.label} class="found">
          {found.length === 0 && <p class="dim pad">{words.search.none}</p>}
          {found.map((one, index) => (
            <a
              key={one.key}
              id={`found-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              href={link(one.path)}
              onClick={(event) => {
                event.preventDefault();
                open(one);
              }}
            >
              {one.text} <span class="dim">{one.kind}</span>
            </a>
          ))}
        </div>
      )}
    </div>
  );
}

async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const nav = words.nav as Record<string, string>;
  const pages: Found[] = [
    "overview",
    "runs",
    "units",
    "calendar",
    "pools",
    "nodes",
    "events",
    "engine",
    "audit",
  ]
    .filter((page) => nav[page]?.toLowerCase().startsWith(text.toLowerCase()))
    .map((page) => ({
      key: `page ${page}`,
      text: nav[page] ?? page,
      kind: "",
      path: page === "overview" ? [] : [page],
    }));
  const units = await read<UnitList>("units", { q: text, size: 8 }, signal);
  const runs = ULID.test(text)
    ? await read<Run>(`runs/${text.toUpperCase()}`, {}, signal).then(
        (run) => [run],
        () => [],
      )
    : [];
  return [
    ...runs.map((run) => ({
      key: run.id,
      text: run.id,
      kind: run.unit,
      path: ["runs", run.id],
    })),
    ...units.items.map((unit) => ({
      key: unit.id,
      text: unit.name,
      kind: unit.id,
      path: ["units", unit.id],
    })),
    ...pages,
  ];
}
