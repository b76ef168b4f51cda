/** What the admin resource answers with; see its OpenAPI document. Times are ISO-8601 texts. */

export interface Session {
  user: string;
  role: "viewer" | "admin";
  readOnly: boolean;
  payloads: boolean;
  application: string;
  node: string;
  version: string;
  zone: string;
  now: string;
}

export interface List<T> {
  items: T[];
  next?: string;
}

export interface UnitList {
  items: Unit[];
  total: number;
  page: number;
  size: number;
}

export type UnitStatus = "idle" | "running" | "paused" | "completed" | "error";

export interface Unit {
  id: string;
  kind: "worker" | "process";
  status: UnitStatus;
  name: string;
  description: string;
  implementation: string;
  known: boolean;
  /** Whether its runs have work items. */
  items: boolean;
  enabled: boolean;
  paused: boolean;
  pausedBy?: string;
  pausedUntil?: string;
  nextDue?: string;
  upcoming: string[];
  misfires: number;
  lastRun?: string;
  lastStartedAt?: string;
  lastCompletedAt?: string;
  config: Record<string, string | number>;
  statistics: {
    runs: number;
    completed: number;
    failed: number;
    averageMs: number;
    minMs: number;
    maxMs: number;
    latestMs?: number[];
  };
}

export type RunState =
  | "submitted"
  | "ready"
  | "waiting"
  | "running"
  | "completed"
  | "failed"
  | "canceled"
  | "skipped";

export interface Failure {
  type: string;
  message?: string;
  stackTrace?: string;
}

export interface Run {
  id: string;
  unit: string;
  state: RunState;
  cause: string;
  process?: string;
  requestedBy?: string;
  scheduledAt?: string;
  submittedAt: string;
  dueAt?: string;
  startedAt?: string;
  endedAt?: string;
  durationMs?: number;
  attempt: number;
  node?: string;
  progress?: { completed: number; total: number; percentage: number };
  reason?: string;
  failure?: Failure;
  payload?: unknown;
  result?: unknown;
}

export type AttemptOutcome =
  | "completed"
  | "failed"
  | "canceled"
  | "interrupted"
  | "lost"
  | "enumerated";

export interface Attempt {
  /** Tells it from the others of the run. */
  claim: number;
  number: number;
  node?: string;
  startedAt?: string;
  endedAt?: string;
  durationMs?: number;
  /** Absent while it goes on. */
  outcome?: AttemptOutcome;
  failure?: Failure;
}

export interface AttemptList {
  items: Attempt[];
  next?: number;
}

export interface OutputLine {
  /** From 1; those that are missing were left out. */
  number: number;
  at: string;
  /** Absent for what the work said to its context. */
  level?: string;
  logger?: string;
  text?: string;
}

export interface OutputList {
  items: OutputLine[];
  next?: number;
}

export interface Item {
  id: string;
  run: string;
  state: "initialized" | "started" | "completed" | "failed" | "canceled";
  key?: string;
  mutex?: string;
  priority: number;
  dueAt?: string;
  deadline?: string;
  startedAt?: string;
  endedAt?: string;
  durationMs?: number;
  attempt: number;
  by?: string;
  failure?: Failure;
  payload?: unknown;
  result?: unknown;
}

export interface ItemRun {
  run: string;
  unit: string;
  state: RunState;
  /** Whether more items may come. */
  open: boolean;
  statistics: {
    total: number;
    initialized: number;
    started: number;
    completed: number;
    failed: number;
    canceled: number;
  };
  perSecond: number;
  elapsedMs: number;
  estimatedEnd?: string;
}

export type StepState = RunState | "pending" | "delayed";

export interface Step {
  worker: string;
  state: StepState;
  verdict?: string;
  reason?: string;
  run?: string;
  attempts: number;
  startedAt?: string;
  endedAt?: string;
  durationMs?: number;
  failure?: Failure;
}

export interface Edge {
  from: string;
  to: string;
  conditional: boolean;
}

export interface Graph {
  mode: "sequential" | "parallel" | "batched" | "isolated" | "graph";
  batchSize?: number;
  failurePolicy: string;
  nodes: { worker: string }[];
  edges: Edge[];
}

export interface RunGraph {
  id: string;
  unit: string;
  mode: Graph["mode"];
  failurePolicy: string;
  nodes: Step[];
  edges: Edge[];
}

export interface JournalEvent {
  position: number;
  id: string;
  type: string;
  at: string;
  node: string;
  unit?: string;
  run?: string;
  [detail: string]: unknown;
}

export interface EventList {
  items: JournalEvent[];
  next: number;
  position: number;
}

export interface Pool {
  name: string;
  [detail: string]: unknown;
}

export interface NodeData {
  name: string;
  incarnation: string;
  version: string;
  state: "live" | "draining" | "empty" | "lost";
  startedAt: string;
  heartbeatAt: string;
  leaseUntil: string;
  draining?: { by: string; since: string; emptySince?: string };
  load?: {
    workers: number;
    busy: number;
    stuck: number;
    threads: number;
    heapUsedBytes: number;
    heapMaxBytes: number;
    cpu: number;
    connections?: number;
    clockOffset: string;
  };
}

export interface WhyCheck {
  code: string;
  answer: "met" | "unmet" | "open" | "unknown";
  text: string;
  since?: string;
  link?: { kind: string; id: string };
}

export interface WhyData {
  about: string;
  at: string;
  decisive?: string;
  checks: WhyCheck[];
}

/** A due time of a unit, and what became of it. */
export interface Due {
  at: string;
  verdict: "ran" | "skipped" | "paused" | "misfired" | "disabled" | "due" | "coming" | "unknown";
  run?: string;
  state?: string;
  lateMs?: number;
  reason?: string;
}

export interface DueList {
  items: Due[];
  knownFrom?: string;
  next?: string;
}

export interface CalendarData {
  at: string;
  bucketSeconds: number;
  buckets: { from: string; started: number; failed: number; misfired: number; coming: number }[];
  computedTo?: string;
  countedFrom?: string;
}

/** Failures whose types and messages are the same but for numbers, quoted parts and ids. */
export interface FailureKind {
  group: string;
  type: string;
  /** Of the latest of them; absent for who may not see payloads. */
  message?: string;
  count: number;
  first: string;
  last: string;
}

export interface AuditEntry {
  id: string;
  at: string;
  /** Absent for code in whose thread nobody is logged in. */
  by?: string;
  address?: string;
  action: string;
  kind: "unit" | "run" | "item" | "pool" | "task" | "milestone" | "engine" | "node";
  target: string;
  before?: string;
  after?: string;
  reason?: string;
}

export interface ConfigField {
  name: string;
  /** What code and MicroProfile Config say. */
  byCode: string;
  before: string;
  after: string;
}

/** What a change of a configuration would come to. */
export interface ConfigPreview {
  fields: ConfigField[];
  wrong: { field: string; message: string }[];
  upcoming: string[];
}

export type BulkAction = "retry" | "cancel" | "pause" | "resume" | "enable" | "disable";
export type BulkOver = "runs" | "items" | "units";

/** To whom a bulk action is done; what is absent or empty leaves nobody out. */
export interface BulkFilter {
  ids?: readonly string[];
  run?: string;
  unit?: string;
  states?: readonly string[];
  group?: string;
  failure?: string;
  from?: string;
  to?: string;
  kind?: string;
  statuses?: readonly string[];
  q?: string;
}

export interface BulkOrder {
  action: BulkAction;
  over: BulkOver;
  filter: BulkFilter;
}

export interface BulkProgress {
  expected: number;
  done: number;
  skipped: number;
  failed: number;
  held: number;
  failure?: string;
}

/** Something that the server does to many. */
export interface Bulk extends BulkOrder {
  id: string;
  state: "running" | "done" | "canceled" | "failed";
  progress: BulkProgress;
  by?: string;
  reason?: string;
  askedAt: string;
  endedAt?: string;
  canceledBy?: string;
}
