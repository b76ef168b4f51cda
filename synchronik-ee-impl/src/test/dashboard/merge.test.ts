import { assert } from "chai";
import { merge } from "../table/merge.ts";

interface Row {
  id: string;
  state: string;
}

const rows = (...texts: string[]): Row[] =>
  texts.map((text) => ({ id: text.slice(0, 1), state: text.slice(1) }));
const id = (row: Row) => row.id;

describe("merge", () => {
  it("puts new rows on top and changes the others in place", () => {
    const merged = merge(rows("b-", "a-"), rows("c-", "b+"), id, false);
    assert.deepEqual(merged, { rows: rows("c-", "b+", "a-"), waiting: 0, anew: false });
  });

  it("lets new rows wait while the list is held", () => {
    const merged = merge(rows("b-", "a-"), rows("d-", "c-", "b+"), id, true);
    assert.deepEqual(merged, { rows: rows("b+", "a-"), waiting: 2, anew: false });
  });

  it("fills a list that is empty, held or not", () => {
    assert.deepEqual(merge([], rows("a-"), id, true), {
      rows: rows("a-"),
      waiting: 0,
      anew: false,
    });
  });

  it("begins anew rather than hide what lies between", () => {
    const read = rows("z-", "y-");
    assert.deepEqual(merge(rows("b-", "a-"), read, id, false), {
      rows: read,
      waiting: 0,
      anew: true,
    });
    assert.deepEqual(merge(rows("b-", "a-"), read, id, true).rows, rows("b-", "a-"));
  });

  it("never moves what is shown, and loses nothing", () => {
    let shown: Row[] = [];
    let chance = 1;
    const next = (below: number) => {
      chance = (chance * 48_271) % 2_147_483_647;
      return chance % below;
    };
    const all: Row[] = [];
    for (let round = 0; round < 1000; round++) {
      for (let n = next(3); n > 0; n--) {
        all.unshift({ id: `run ${all.length}`, state: "new" });
      }
      const changed = all[next(Math.max(1, all.length))];
      if (changed !== undefined) {
        changed.state = `changed ${round}`;
      }
      const before = shown.map(id);
      const read = all.slice(0, 100).map((row) => ({ ...row }));
      const merged = merge(shown, read, id, next(2) === 0);
      const after = merged.rows.map(id);
      assert.deepEqual(after.slice(after.length - before.length), before);
      assert.equal(merged.rows.length + merged.waiting >= Math.min(100, all.length), true);
      shown = merged.rows;
    }
    const last = merge(shown, all, id, false);
    assert.deepEqual(last.rows, all);
  });
});
