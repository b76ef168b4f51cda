import { assert } from "chai";
import { asQuery, changed } from "../act/configure.tsx";

const CRON = { name: "cron", byCode: "", before: "0 0 3 * * ?", after: "0 0 3 * * ?" };

describe("changes of a configuration", () => {
  it("are what differs from what is in force", () => {
    const once = changed({ every: "1h" }, CRON, "0 0 4 * * ?");
    assert.deepEqual(once, { every: "1h", cron: "0 0 4 * * ?" });
    assert.deepEqual(changed(once, CRON, "0 0 3 * * ?"), { every: "1h" });
  });

  it("may take back what was changed", () => {
    assert.deepEqual(changed({}, CRON, null), { cron: null });
    assert.deepEqual(asQuery({ cron: null, zone: null, every: "" }), {
      every: " ",
      reset: "cron,zone",
    });
  });
});
