import { assert } from "chai";
import { backoff } from "../live/backoff.ts";
import { type Message, Parser } from "../live/sse.ts";

const STREAM =
  ': a comment\n\nid: 7\nevent: start\ndata: {"unit":"a"}\n\ndata: one\r\ndata:  two\r\n\r\nid: 8\n\ndata\n\n';

describe("the parser of the stream", () => {
  const whole = new Parser().feed(STREAM);

  it("reads ids, types and lines of data", () => {
    assert.deepEqual(whole, [
      { id: "7", type: "start", data: '{"unit":"a"}' },
      { id: "7", type: "message", data: "one\n two" },
      { id: "8", type: "message", data: "" },
    ]);
  });

  it("does not care where the pieces end", () => {
    for (let first = 0; first <= STREAM.length; first++) {
      for (let second = first; second <= STREAM.length; second += 3) {
        const parser = new Parser();
        const told: Message[] = [
          ...parser.feed(STREAM.slice(0, first)),
          ...parser.feed(STREAM.slice(first, second)),
          ...parser.feed(STREAM.slice(second)),
        ];
        assert.deepEqual(told, whole, `${first} ${second}`);
      }
    }
  });
});

describe("the back-off", () => {
  it("doubles from a second to half a minute, half of it by chance", () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 1000].map((n) => backoff(n, () => 1)),
      [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000],
    );
    assert.equal(
      backoff(3, () => 0),
      2000,
    );
  });
});
