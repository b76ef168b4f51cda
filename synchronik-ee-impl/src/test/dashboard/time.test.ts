import { assert } from "chai";
import { clock, duration, full, parseDuration, short } from "../time/time.ts";
import { configValue, scheduleInWords, spanInWords } from "../words/schedule.ts";

describe("durations", () => {
  it("are said as people say them", () => {
    const said: [number, string][] = [
      [0, "0 ms"],
      [999, "999 ms"],
      [999.7, "1.0 s"],
      [1000, "1.0 s"],
      [9940, "9.9 s"],
      [9990, "10 s"],
      [59_400, "59 s"],
      [59_700, "1:00"],
      [60_000, "1:00"],
      [3_599_000, "59:59"],
      [3_600_000, "1:00:00"],
      [47 * 3_600_000, "47:00:00"],
      [76 * 3_600_000, "3 d 4 h"],
      [-1500, "−1.5 s"],
    ];
    for (const [millis, text] of said) {
      assert.equal(duration(millis), text, String(millis));
    }
  });

  it("are read as ISO 8601 writes them", () => {
    const read: [string, number | null][] = [
      ["PT0S", 0],
      ["PT0.25S", 250],
      ["PT1M30S", 90_000],
      ["PT36H", 129_600_000],
      ["P2DT1H", 176_400_000],
      ["-PT5S", -5000],
      ["PT-5S", -5000],
      ["P", null],
      ["PT", null],
      ["5s", null],
    ];
    for (const [text, millis] of read) {
      assert.equal(parseDuration(text), millis, text);
    }
  });
});

describe("times", () => {
  const at = Date.parse("2026-10-25T00:30:00Z");

  it("are those of the zone, also when its clock is put back", () => {
    assert.equal(clock(at, "Europe/Berlin"), "02:30:00");
    assert.equal(clock(at + 3_600_000, "Europe/Berlin"), "02:30:00");
    assert.equal(full(at, "Pacific/Apia"), "25/10/2026 13:30:00");
  });

  it("are told without the day only today", () => {
    assert.equal(short(at, at + 3_600_000, "UTC"), "00:30:00");
    assert.equal(short(at, at + 86_400_000, "UTC"), "Sun 25 Oct 00:30");
  });
});

describe("schedules", () => {
  it("are told in words", () => {
    assert.equal(scheduleInWords({ every: "PT2S", mode: "fixed-rate" }), "every 2 seconds");
    assert.equal(
      scheduleInWords({ every: "PT1H", mode: "fixed-delay" }),
      "every hour after the last end",
    );
    assert.equal(scheduleInWords({ cron: "0 0 5 * * ?", zone: "UTC" }), "0 0 5 * * ?, UTC");
    assert.equal(scheduleInWords({}), null);
    assert.equal(spanInWords("PT90S"), "90 seconds");
    assert.equal(spanInWords("PT1.5S"), "1.5 s");
    assert.equal(configValue("PT1M"), "1:00");
    assert.equal(configValue(3), "3");
  });
});
