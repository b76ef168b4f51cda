import { signal } from "@preact/signals";
import { read } from "../data/api.ts";
import { Problem } from "../data/problem.ts";
import { session } from "../data/session.ts";
import type { Bulk, List } from "../data/types.ts";
import { say } from "../part/toast.tsx";
import { words } from "../words/en.ts";
import { everythingMayHaveChanged } from "./live.ts";

/** What the server does to many at the moment, by whoever has asked for it. */
export const bulks = signal<readonly Bulk[]>([]);

const OFTEN = 1000;
const SELDOM = 10_000;
const MOST = 50;

let timer: number | undefined;
let looking = false;

/** Looks again and again; what goes on is found after the page was loaded anew, too. */
export async function followBulks(): Promise<void> {
  if (looking) {
    return;
  }
  looking = true;
  clearTimeout(timer);
  try {
    if (!document.hidden) {
      await look();
    }
  } catch {
    // The next look tells.
  } finally {
    looking = false;
    timer = setTimeout(followBulks, bulks.value.length > 0 ? OFTEN : SELDOM);
  }
}

/** Shows what was asked for just now. */
export function follow(bulk: Bulk): void {
  bulks.value = [bulk, ...bulks.value.filter((one) => one.id !== bulk.id)];
  void followBulks();
}

async function look(): Promise<void> {
  const before = bulks.peek();
  const running = (await read<List<Bulk>>("bulk", { running: true, limit: MOST })).items;
  const ids = new Set(running.map((bulk) => bulk.id));
  const looked = await Promise.all(before.filter((bulk) => !ids.has(bulk.id)).map(find));
  const others = looked.filter((bulk) => bulk !== undefined);
  const seen = new Set([...before, ...running].map((bulk) => bulk.id));
  const meanwhile = bulks.peek().filter((bulk) => !seen.has(bulk.id));
  bulks.value = [...meanwhile, ...others.filter((bulk) => bulk.state === "running"), ...running];
  const ended = others.filter((bulk) => bulk.state !== "running");
  if (ended.length > 0) {
    ended.filter((bulk) => bulk.by === session.peek()?.user).forEach(announce);
    everythingMayHaveChanged();
  }
}

/** Returns undefined for what is not kept any more. */
async function find(bulk: Bulk): Promise<Bulk | undefined> {
  try {
    return await read<Bulk>(`bulk/${bulk.id}`);
  } catch (e) {
    if (e instanceof Problem && e.gone) {
      return undefined;
    }
    throw e;
  }
}

function announce(bulk: Bulk): void {
  say(words.bulk.ended(bulk), bulk.state === "failed" || bulk.progress.failed > 0);
}
