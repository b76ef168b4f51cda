import { assert } from "chai";
import { offersOfItems, offersOfRuns, offersOfUnits } from "../screens/offers.ts";
import type { Offer } from "../table/choice.tsx";

const all = (offers: readonly Offer[]) =>
  Object.fromEntries(offers.map((offer) => [offer.action, offer.all]));

describe("offers", () => {
  it("does to all runs what fits the state that is looked at", () => {
    assert.deepEqual(all(offersOfRuns("import", "", "")), {
      retry: { unit: "import" },
      cancel: { unit: "import" },
    });
    assert.deepEqual(all(offersOfRuns("", "canceled", "")), {
      retry: { states: ["canceled"] },
      cancel: undefined,
    });
    assert.deepEqual(all(offersOfRuns("", "waiting", "")), {
      retry: undefined,
      cancel: { states: ["waiting"] },
    });
    assert.deepEqual(all(offersOfRuns("", "completed", "")), {
      retry: undefined,
      cancel: undefined,
    });
  });

  it("never leaves out the kind of failure that is looked at", () => {
    assert.deepEqual(all(offersOfRuns("", "", "g1")), {
      retry: { group: "g1" },
      cancel: undefined,
    });
    assert.deepEqual(all(offersOfItems("r1", "failed", "", "g1")), {
      retry: { run: "r1", group: "g1" },
      cancel: undefined,
    });
    assert.deepEqual(all(offersOfItems("r1", "", "timeout", "")), {
      retry: { run: "r1", failure: "timeout" },
      cancel: { run: "r1", failure: "timeout" },
    });
    assert.deepEqual(all(offersOfItems("r1", "", "timeout", "g1")), {
      retry: undefined,
      cancel: undefined,
    });
  });

  it("does to units of one status what can be set of them", () => {
    assert.deepEqual(all(offersOfUnits("price", "error")).pause, {
      q: "price",
      statuses: ["error"],
    });
    assert.deepEqual(all(offersOfUnits("", "")).disable, {});
  });
});
