import { computed, signal } from "@preact/signals";
import { setApplicationZone, setServerTime } from "../time/time.ts";
import { apiUrl, read } from "./api.ts";
import type { Session } from "./types.ts";

export const session = signal<Session | undefined>(undefined);
/** Whether somebody has to log in before anything can be shown. */
export const loggedOut = signal(false);
export const mayChange = computed(() => session.value?.role === "admin" && !session.value.readOnly);

/** Where the application runs, as the settings say; empty when they say nothing. */
export const environment = signal("");
export const inProduction = computed(() => /^prod(uction)?$/i.test(environment.value));

const KEPT_HASH = "synchronik.hash";

export async function openSession(): Promise<void> {
  const answer = await read<Session>("session");
  session.value = answer;
  loggedOut.value = false;
  setServerTime(answer.now);
  setApplicationZone(answer.zone);
}

export function needLogin(): void {
  loggedOut.value = true;
}

/** Goes through the server's own login, which leads back to where the page is now. */
export function signIn(): void {
  sessionStorage.setItem(KEPT_HASH, location.hash);
  location.assign(apiUrl("session/enter"));
}

/** Where the page was before the login. */
export function hashBeforeLogin(): string | null {
  const kept = sessionStorage.getItem(KEPT_HASH);
  sessionStorage.removeItem(KEPT_HASH);
  return kept;
}
