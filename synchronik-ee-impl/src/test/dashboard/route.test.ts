import { assert } from "chai";
import { link, parseRoute } from "../shell/route.ts";

describe("routes", () => {
  it("come back as they were written", () => {
    for (const name of ["a", "a/b", "ä ö", "50 %", "<b>", "?#&=", "..", "日本"]) {
      const route = parseRoute(link(["units", name], { unit: name, state: "failed" }));
      assert.deepEqual(route.path, ["units", name]);
      assert.equal(route.query.get("unit"), name);
      assert.equal(route.query.get("state"), "failed");
    }
  });

  it("leave out filters that are empty", () => {
    assert.equal(link(["runs"], { state: "", unit: undefined }), "#/runs");
    assert.equal(link([]), "#/");
  });

  it("read what somebody typed", () => {
    assert.deepEqual(parseRoute("").path, []);
    assert.deepEqual(parseRoute("#runs").path, ["runs"]);
    assert.deepEqual(parseRoute("#/units/50%").path, ["units", "50%"]);
  });
});
