/** What the resource answers with when it cannot do what was asked. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** The number of the message in the documentation, when it has one. */
    readonly code: string,
  ) {
    super(detail || title);
  }

  /** Whether somebody has to log in first. */
  get loggedOut(): boolean {
    return this.status === 401;
  }

  get gone(): boolean {
    return this.status === 404;
  }

  /** Whether nobody answered at all. */
  get offline(): boolean {
    return this.status === 0;
  }
}

export function problemOf(status: number, body: unknown): Problem {
  const told = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (key: string) => (typeof told[key] === "string" ? (told[key] as string) : "");
  const detail = text("detail");
  const code = /SYNC-\d{4}/.exec(`${text("code")} ${text("title")} ${detail}`)?.[0] ?? "";
  return new Problem(status, text("title") || `The server answered ${status}`, detail, code);
}
