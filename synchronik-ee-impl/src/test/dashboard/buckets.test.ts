import { assert } from "chai";
import { filled } from "../chart/buckets.ts";
import { brief, roundUp } from "../chart/scale.ts";

describe("buckets", () => {
  it("are all there, with what was told in its place", () => {
    const at = Date.parse("2026-03-01T10:00:00Z");
    const told = { from: new Date(at + 300_000).toISOString() };
    const all = filled(
      [{ ...told, counts: { completed: 3, failed: 1, skipped: 0 } }],
      at + 1000,
      at + 900_000,
      300,
    );
    assert.deepEqual(
      all.map((bucket) => [bucket.from - at, bucket.completed, bucket.failed]),
      [
        [0, 0, 0],
        [300_000, 3, 1],
        [600_000, 0, 0],
      ],
    );
  });
});

describe("scales", () => {
  it("end at 1, 2 or 5 times a power of ten", () => {
    assert.deepEqual(
      [0, 1, 1.5, 3, 7, 12, 51, 100, 0.3].map(roundUp),
      [1, 1, 2, 5, 10, 20, 100, 100, 0.5],
    );
  });

  it("are written briefly", () => {
    assert.deepEqual([0, 999, 1000, 1550, 2_000_000].map(brief), [
      "0",
      "999",
      "1 k",
      "1.6 k",
      "2 M",
    ]);
  });
});
