/** One message of a stream of server-sent events. */
export interface Message {
  id: string;
  type: string;
  data: string;
}

/**
 * Takes a stream apart as it comes, in pieces that may end anywhere.
 *
 * The format: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class Parser {
  private rest = "";
  private data: string[] = [];
  private type = "";
  private id = "";

  feed(piece: string): Message[] {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): Message[] {
    if (line === "") {
      return this.end();
    }
    const at = line.indexOf(":");
    const field = at < 0 ? line : line.slice(0, at);
    const value = at < 0 ? "" : line.slice(at + 1).replace(/^ /, "");
    if (field === "data") {
      this.data.push(value);
    } else if (field === "event") {
      this.type = value;
    } else if (field === "id") {
      this.id = value;
    }
    return [];
  }

  private end(): Message[] {
    const told = this.data.length > 0;
    const message = { id: this.id, type: this.type || "message", data: this.data.join("\n") };
    this.data = [];
    this.type = "";
    return told ? [message] : [];
  }
}
