import { signal } from "@preact/signals";
import type { Problem } from "../data/problem.ts";

/** Why the page could not begin. */
export const startProblem = signal<Problem | undefined>(undefined);
