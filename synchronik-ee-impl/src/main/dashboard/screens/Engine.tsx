import { ActButton, act, askTwice, whyNot } from "../act/act.tsx";
import { useRead } from "../data/read.ts";
import { mayChange } from "../data/session.ts";
import { Figure, Figures } from "../part/Kpi.tsx";
import { Pair } from "../part/Pair.tsx";
import { Loaded, Panel } from "../part/Panel.tsx";
import { Since } from "../time/Age.tsx";
import { number, words } from "../words/en.ts";
import { configValue } from "../words/schedule.ts";

export interface EngineData {
  application: string;
  node: string;
  incarnation: string;
  running: boolean;
  startedAt: string;
  liveNodes: number;
  clockOffset: string;
  threads: { live: number; workers: number; busy: number; stuck: number };
  work: { fired: number; completed: number; failed: number; rejected: number };
  memory: { usedBytes: number; committedBytes: number; maxBytes: number };
  pool?: { active: number; available: number; max: number };
}

const MB = 1024 * 1024;

export function Engine() {
  const engine = useRead<EngineData>("engine");
  return (
    <Loaded of={engine}>
      {(data) => (
        <>
          <Head engine={data} />
          <Figures>
            <Figure
              label={words.engine.threads}
              value={number(data.threads.busy)}
              small={words.overview.ofThreads(data.threads.workers)}
              below={data.threads.stuck === 0 ? "" : words.engine.stuck(data.threads.stuck)}
            />
            <Figure label={words.engine.fired} value={number(data.work.fired)} />
            <Figure label={words.engine.completed} value={number(data.work.completed)} />
            <Figure
              label={words.engine.failed}
              value={number(data.work.failed)}
              bad={data.work.failed > 0}
            />
            <Figure
              label={words.engine.heap}
              value={`${number(Math.round(data.memory.usedBytes / MB))} MB`}
              below={`${number(Math.round(data.memory.maxBytes / MB))} MB`}
            />
            <Figure label={words.engine.up} value={<Since at={data.startedAt} />} />
          </Figures>
          <Panel title={words.engine.node}>
            <dl class="pairs">
              <Pair name={words.engine.application}>{data.application}</Pair>
              <Pair name={words.engine.node}>{data.node}</Pair>
              <Pair name={words.engine.incarnation}>{data.incarnation}</Pair>
              <Pair name={words.engine.nodes}>{number(data.liveNodes)}</Pair>
              <Pair name={words.engine.offset}>{configValue(data.clockOffset)}</Pair>
              <Pair name={words.engine.rejected}>{number(data.work.rejected)}</Pair>
              {data.pool !== undefined && (
                <Pair
                  name={words.engine.connections}
                >{`${data.pool.active} / ${data.pool.max < 0 ? "–" : data.pool.max}`}</Pair>
              )}
            </dl>
          </Panel>
        </>
      )}
    </Loaded>
  );
}

function Head({ engine }: { engine: EngineData }) {
  const stop = async () => {
    const told = await askTwice(
      words.engine.stopTitle,
      words.engine.askStop(engine.node),
      words.engine.stopNow,
    );
    if (told !== undefined) {
      await act("POST", "engine/stop", {}, words.act.done, told);
    }
  };
  const stopAll = async () => {
    const told = await askTwice(
      words.engine.stopAllTitle,
      words.engine.askStopAll,
      words.engine.stopAllNow,
    );
    if (told !== undefined) {
      await act("POST", "engine/stop-all", {}, words.act.done, told);
    }
  };
  return (
    <div class="head">
      <h1 tabIndex={-1}>{words.engine.title}</h1>
      <span class="sub">
        {engine.node} {engine.running ? words.engine.running : words.engine.stopped}
      </span>
      <span class="space" />
      {mayChange.value ? (
        <span class="actions">
          <ActButton onPress={() => act("POST", "engine/start-all", {}, words.act.done)}>
            {words.engine.startAll}
          </ActButton>
          <ActButton kind="danger" onPress={stopAll}>
            {words.engine.stopAll}
          </ActButton>
          {engine.running ? (
            <ActButton kind="danger" onPress={stop}>
              {words.engine.stop}
            </ActButton>
          ) : (
            <ActButton
              kind="primary"
              onPress={() => act("POST", "engine/start", {}, words.act.done)}
            >
              {words.engine.start}
            </ActButton>
          )}
        </span>
      ) : (
        <span class="dim">{whyNot.value}</span>
      )}
    </div>
  );
}
