import { useEffect, useRef } from "preact/hooks";
import { Questions } from "../act/act.tsx";
import { BulkQuestion } from "../act/bulk.tsx";
import { lastSeen, reachable } from "../data/reach.ts";
import { environment, inProduction, loggedOut, session, signIn } from "../data/session.ts";
import { liveness } from "../live/live.ts";
import { Icon, type IconName, Logo } from "../part/icons.tsx";
import { Toasts } from "../part/toast.tsx";
import { Audit } from "../screens/Audit.tsx";
import { Calendar } from "../screens/Calendar.tsx";
import { Engine } from "../screens/Engine.tsx";
import { Events } from "../screens/Events.tsx";
import { Items } from "../screens/Items.tsx";
import { Nodes } from "../screens/Nodes.tsx";
import { Overview } from "../screens/Overview.tsx";
import { Pools } from "../screens/Pools.tsx";
import { Run } from "../screens/Run.tsx";
import { Runs } from "../screens/Runs.tsx";
import { Unit } from "../screens/Unit.tsx";
import { Units } from "../screens/Units.tsx";
import { chooseZone, clock, tick, zone, zoneChoice } from "../time/time.ts";
import { words } from "../words/en.ts";
import { Bulks } from "./Bulks.tsx";
import { KeysDialog, listenToKeys } from "./keys.tsx";
import { link, route } from "./route.ts";
import { Search } from "./Search.tsx";
import { startProblem } from "./start.ts";
import { chooseTheme, type Theme, theme } from "./theme.ts";

const SCREENS: IconName[] = [
  "overview",
  "runs",
  "units",
  "calendar",
  "pools",
  "nodes",
  "events",
  "engine",
  "audit",
];

export function Shell() {
  useEffect(listenToKeys, []);
  return (
    <div class="app">
      <button type="button" class="skip button" onClick={focusMain}>
        {words.skip}
      </button>
      <Top />
      <Side />
      <Main />
      <Toasts />
      <Questions />
      <BulkQuestion />
      <KeysDialog />
    </div>
  );
}

function focusMain(): void {
  document.getElementById("main")?.focus();
}

function Top() {
  const told = session.value;
  return (
    <header class="top">
      <a class="brand" href={link([])}>
        <Logo />
        {words.product}
      </a>
      {told !== undefined && <b>{told.application}</b>}
      {environment.value !== "" && (
        <span class={`badge ${inProduction.value ? "bad" : "mute"}`}>{environment.value}</span>
      )}
      <Search />
      <span class="space" />
      <Live />
      <label>
        <span class="hidden">{words.zone.label}</span>
        <select
          class="input"
          value={zoneChoice.value}
          onChange={(event) => chooseZone(event.currentTarget.value)}
        >
          <option value="browser">
            {words.zone.browser(Intl.DateTimeFormat().resolvedOptions().timeZone)}
          </option>
          {told !== undefined && (
            <option value="application">{words.zone.application(told.zone)}</option>
          )}
          <option value="UTC">{words.zone.utc}</option>
        </select>
      </label>
      <span class="mono">{clock(tick.value, zone.value)}</span>
      <label>
        <span class="hidden">{words.theme.label}</span>
        <select
          class="input"
          value={theme.value}
          onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}
        >
          <option value="auto">{words.theme.auto}</option>
          <option value="light">{words.theme.light}</option>
          <option value="dark">{words.theme.dark}</option>
        </select>
      </label>
      {told !== undefined && (
        <span class="who">
          {told.user} · {told.role}
        </span>
      )}
    </header>
  );
}

function Live() {
  const state = liveness.value;
  const text =
    state === "on" ? words.live.on : state === "polling" ? words.live.polling : words.live.off;
  return (
    <span class={`live ${state}`} role="status">
      <i />
      {text}
    </span>
  );
}

function Side() {
  const path = route.value.path[0] ?? "overview";
  const shown = path === "items" ? "runs" : path;
  const told = session.value;
  return (
    <nav class="side" aria-label={words.nav.main}>
      {SCREENS.map((screen) => (
        <a
          key={screen}
          href={link(screen === "overview" ? [] : [screen])}
          aria-current={shown === screen ? "page" : undefined}
        >
          <Icon name={screen} />
          {(words.nav as Record<string, string>)[screen]}
        </a>
      ))}
      {told !== undefined && (
        <div class="foot">
          Synchronik EE {told.version}
          <br />
          {told.application} · {told.node}
        </div>
      )}
    </nav>
  );
}

function Main() {
  const main = useRef<HTMLElement>(null);
  const path = route.value.path;
  const where = path.join("/");
  useEffect(() => {
    scrollTo(0, 0);
    const title = main.current?.querySelector("h1");
    document.title = `${title?.textContent ?? where} · ${words.product}`;
  }, [where]);
  return (
    <main id="main" ref={main} tabIndex={-1}>
      {liveness.value !== "on" && session.value !== undefined && <Away />}
      <Bulks />
      <Screen path={path} />
    </main>
  );
}

function Away() {
  if (liveness.value === "polling" || reachable.value) {
    return null;
  }
  return (
    <p class="notice warn" role="status">
      {words.live.lastSeen(clock(lastSeen.value, zone.value))}
    </p>
  );
}

function Screen({ path }: { path: readonly string[] }) {
  const [screen, id] = path;
  if (loggedOut.value) {
    return (
      <section class="card login">
        <h1 tabIndex={-1}>{words.login.title}</h1>
        <p>{words.login.text}</p>
        <button type="button" class="button primary" onClick={signIn}>
          {words.login.button}
        </button>
      </section>
    );
  }
  if (startProblem.value !== undefined) {
    return (
      <section class="card login" role="alert">
        <h1 tabIndex={-1}>{startProblem.value.title}</h1>
        <p>{startProblem.value.status === 403 ? words.login.refused : startProblem.value.detail}</p>
        <button type="button" class="button" onClick={() => location.reload()}>
          {words.retry}
        </button>
      </section>
    );
  }
  if (session.value === undefined) {
    return <p class="dim">{words.loading}</p>;
  }
  switch (screen) {
    case "units":
      return id === undefined ? <Units /> : <Unit key={id} id={id} />;
    case "runs":
      return id === undefined ? <Runs /> : <Run key={id} id={id} />;
    case "items":
      return id === undefined ? <Runs /> : <Items key={id} run={id} />;
    case "calendar":
      return <Calendar />;
    case "pools":
      return <Pools />;
    case "nodes":
      return <Nodes />;
    case "events":
      return <Events />;
    case "engine":
      return <Engine />;
    case "audit":
      return <Audit />;
    default:
      return <Overview />;
  }
}
