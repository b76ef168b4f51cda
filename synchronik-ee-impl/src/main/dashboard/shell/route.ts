import { computed, signal } from "@preact/signals";

/** Where the page is: the hash, so that no server and no proxy has to know of it. */
export interface Route {
  /** Between the slashes, decoded; the first one names the screen. */
  path: string[];
  query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#\/?/, "");
  const at = text.indexOf("?");
  const path = (at < 0 ? text : text.slice(0, at)).split("/").filter((part) => part !== "");
  return {
    path: path.map(decoded),
    query: new URLSearchParams(at < 0 ? "" : text.slice(at + 1)),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export type Filters = Record<string, string | undefined>;

export function link(path: readonly string[], filters: Filters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && value !== "") {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const route = computed(() => parseRoute(hash.value));

/** Changes filters of the screen that is shown; a filter that is undefined goes away. */
export function refine(filters: Filters): void {
  const now = route.peek();
  const all: Filters = Object.fromEntries(now.query);
  const target = link(now.path, { ...all, ...filters });
  history.replaceState(null, "", target);
  hash.value = target;
}

export function go(path: readonly string[], filters: Filters = {}): void {
  location.hash = link(path, filters);
}
