import { render } from "preact";
import { findApi } from "./data/api.ts";
import { Problem } from "./data/problem.ts";
import { environment, hashBeforeLogin, needLogin, openSession } from "./data/session.ts";
import { followBulks } from "./live/bulks.ts";
import { listen } from "./live/live.ts";
import { Shell } from "./shell/Shell.tsx";
import { startProblem } from "./shell/start.ts";
import { applyTheme } from "./shell/theme.ts";

applyTheme();
const before = hashBeforeLogin();
if (before !== null && location.hash === "") {
  location.replace(before || "#/");
}

const app = document.getElementById("app");
if (app !== null) {
  render(<Shell />, app);
}

try {
  environment.value = await findApi();
  await openSession();
  listen();
  void followBulks();
} catch (e) {
  if (e instanceof Problem && e.loggedOut) {
    needLogin();
  } else {
    startProblem.value = e instanceof Problem ? e : new Problem(0, String(e), "", "");
  }
}
