import { assert } from "chai";
import { cells, idFrom, strength } from "../chart/heat.ts";
import { bucketOf, dayStart, hoursOf, weekOf } from "../time/days.ts";

const BERLIN = "Europe/Berlin";
const at = (text: string) => Date.parse(text);
const lengths = (days: readonly number[]) =>
  days.slice(1).map((day, i) => hoursOf(days[i] as number, day).length);

describe("days", () => {
  it("begin at midnight of the zone", () => {
    assert.equal(dayStart(at("2026-11-30T22:59:59Z"), BERLIN), at("2026-11-29T23:00:00Z"));
    assert.equal(dayStart(at("2026-11-29T23:00:00Z"), BERLIN), at("2026-11-29T23:00:00Z"));
    assert.equal(
      dayStart(at("2026-11-30T12:00:00Z"), "Asia/Kathmandu"),
      at("2026-11-29T18:15:00Z"),
    );
  });

  it("begin at one where midnight is skipped", () => {
    assert.equal(dayStart(at("2026-04-24T12:00:00Z"), "Africa/Cairo"), at("2026-04-23T22:00:00Z"));
  });

  it("have 23 or 25 hours where clocks are changed", () => {
    assert.deepEqual(
      lengths(weekOf(at("2026-10-21T12:00:00Z"), BERLIN)),
      [24, 24, 24, 24, 24, 24, 25],
    );
    assert.deepEqual(
      lengths(weekOf(at("2026-03-24T12:00:00Z"), BERLIN)),
      [24, 24, 24, 24, 24, 24, 23],
    );
  });

  it("take buckets that lie in one hour each", () => {
    assert.equal(bucketOf(weekOf(at("2026-11-30T12:00:00Z"), BERLIN)), "1h");
    assert.equal(bucketOf(weekOf(at("2026-11-30T12:00:00Z"), "Asia/Kolkata")), "30m");
    assert.equal(bucketOf(weekOf(at("2026-11-30T12:00:00Z"), "Asia/Kathmandu")), "15m");
  });
});

describe("heat maps", () => {
  const told = (from: string, started: number) => ({
    from,
    started,
    failed: 0,
    misfired: 0,
    coming: 0,
  });

  it("halve an hour that comes twice, and leave one out that is skipped", () => {
    const autumn = cells(
      weekOf(at("2026-10-25T12:00:00Z"), BERLIN),
      [told("2026-10-25T00:00:00Z", 3), told("2026-10-25T01:00:00Z", 4)],
      BERLIN,
    )[6] as ReturnType<typeof cells>[number];
    assert.deepEqual(
      autumn.slice(1, 5).map((cell) => [cell.hour, cell.width, cell.started]),
      [
        [1, 1, 0],
        [2, 0.5, 3],
        [2.5, 0.5, 4],
        [3, 1, 0],
      ],
    );
    const spring = cells(weekOf(at("2026-03-29T12:00:00Z"), BERLIN), [], BERLIN)[6];
    assert.deepEqual(
      spring?.slice(0, 4).map((cell) => cell.hour),
      [0, 1, 3, 4],
    );
  });

  it("add up the buckets of an hour", () => {
    const days = weekOf(at("2026-11-30T12:00:00Z"), "Asia/Kolkata");
    const first = days[0] as number;
    const iso = (millis: number) => new Date(millis).toISOString();
    const rows = cells(
      days,
      [told(iso(first), 1), told(iso(first + 1_800_000), 2), told(iso(first + 3_600_000), 4)],
      "Asia/Kolkata",
    );
    assert.deepEqual(
      rows[0]?.slice(0, 2).map((cell) => cell.started),
      [3, 4],
    );
  });

  it("show the largest strongest, and one at all", () => {
    assert.deepEqual(
      [0, 1, 100_000, 300].map((value) => strength(value, 100_000)),
      [0, 1, 4, 2],
    );
  });

  it("know the ids of runs by their time", () => {
    assert.equal(idFrom(at("2016-07-30T23:54:10.259Z")), `01ARZ3NDEK${"0".repeat(16)}`);
    assert.equal(idFrom(0), "0".repeat(26));
  });
});
