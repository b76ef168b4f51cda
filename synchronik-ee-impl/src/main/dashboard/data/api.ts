import { type Problem, problemOf } from "./problem.ts";
import { beginReading, heard, unheard } from "./reach.ts";

let root = "";

/** Finds out where the admin resource is, and returns where the application runs. Everything is relative, so that a proxy may add a prefix. */
export async function findApi(): Promise<string> {
  const answer = await fetch("config.json", { cache: "no-store" });
  if (!answer.ok) {
    throw problemOf(answer.status, { title: "The page's own settings cannot be read" });
  }
  const config = (await answer.json()) as { api?: string; environment?: string };
  if (config.api === undefined) {
    throw problemOf(404, {
      title: "There is no admin resource",
      detail:
        "The page found no Application with @ApplicationPath. An Application that lists its classes adds those of AdminClasses.all(); synchronik.dashboard.api says where the resource is.",
    });
  }
  root = config.api;
  return config.environment ?? "";
}

export function apiUrl(path: string): string {
  return `${root}/${path}`;
}

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

/** Writes a query; what is empty is left out. */
export function withQuery(path: string, query: Query = {}): string {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(",") : value === undefined ? "" : String(value);
    if (text !== "") {
      told.set(name, text);
    }
  }
  const text = told.toString();
  return text === "" ? path : `${path}?${text}`;
}

export async function read<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const end = beginReading();
  try {
    return await ask<T>("GET", withQuery(path, query), undefined, signal);
  } finally {
    end();
  }
}

export interface Told {
  /** Makes a request for a run one that can be repeated. */
  again?: string | undefined;
  /** Why it is done, for those who look at what was done. */
  reason?: string | undefined;
}

/** Sends a change. */
export async function change<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  told: Told = {},
): Promise<T> {
  return ask<T>(method, path, body, undefined, told);
}

async function ask<T>(
  method: string,
  path: string,
  body: unknown,
  signal?: AbortSignal,
  told: Told = {},
): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") {
    headers["X-Synchronik"] = "dashboard";
  }
  if (told.again !== undefined) {
    headers["Idempotency-Key"] = told.again;
  }
  if (told.reason) {
    headers["X-Synchronik-Reason"] = encodeURIComponent(told.reason);
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const request: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
  }
  if (signal !== undefined) {
    request.signal = signal;
  }
  let answer: Response;
  try {
    answer = await fetch(apiUrl(path), request);
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") {
      throw e;
    }
    unheard();
    throw problemOf(0, { title: "The server does not answer" });
  }
  heard();
  const json = /[/+]json/.test(answer.headers.get("Content-Type") ?? "");
  if (answer.ok && !json && answer.status !== 204) {
    // A login page, which is what a form login answers with.
    throw problemOf(401, { title: "Authentication is needed" });
  }
  const content: unknown = json ? await answer.json().catch(() => ({})) : {};
  if (!answer.ok) {
    throw problemOf(answer.status, content);
  }
  return content as T;
}

/** A random key; `crypto.randomUUID` is there only with HTTPS. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export type { Problem };
