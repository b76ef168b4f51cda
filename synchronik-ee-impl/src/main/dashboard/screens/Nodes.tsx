import { ActButton, act, ask, whyNot } from "../act/act.tsx";
import { useEvery, useRead } from "../data/read.ts";
import { mayChange } from "../data/session.ts";
import type { NodeData } from "../data/types.ts";
import { Badge } from "../part/Badge.tsx";
import { Pair } from "../part/Pair.tsx";
import { Loaded, Panel } from "../part/Panel.tsx";
import { ThreadCells } from "../part/ThreadCells.tsx";
import { Age, Since } from "../time/Age.tsx";
import { number, words } from "../words/en.ts";
import { configValue } from "../words/schedule.ts";

const MB = 1024 * 1024;

/** Heartbeats are no events. */
export const PULSE = 5000;

export function Nodes() {
  const nodes = useRead<{ nodes: NodeData[] }>("nodes");
  useEvery(PULSE, nodes.again);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{words.nodes.title}</h1>
        {nodes.data !== undefined && (
          <span class="sub">{words.nodes.sub(nodes.data.nodes.length)}</span>
        )}
        <span class="space" />
        {!mayChange.value && <span class="dim">{whyNot.value}</span>}
      </div>
      <Loaded of={nodes}>
        {(data) => (
          <div class="cards">
            {data.nodes.map((node) => (
              <NodePanel
                key={node.incarnation}
                node={node}
                others={data.nodes.filter((one) => one !== node && one.state === "live").length}
              />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

function NodePanel({ node, others }: { node: NodeData; others: number }) {
  return (
    <Panel
      title={node.name}
      hint={<Badge state={node.state} />}
      right={<Orders node={node} others={others} />}
    >
      {node.draining !== undefined && node.state !== "lost" && (
        <p class="card-body">
          {words.nodes.drained(node.draining.by)} <Age at={node.draining.since} />
          {node.draining.emptySince !== undefined && (
            <>
              {words.nodes.emptySince} <Age at={node.draining.emptySince} />
            </>
          )}
        </p>
      )}
      {node.state === "lost" && <p class="card-body">{words.nodes.lost}</p>}
      {node.load !== undefined && node.state !== "lost" && (
        <ThreadCells
          workers={node.load.workers}
          busy={node.load.busy}
          stuck={node.load.stuck}
          label={words.nodes.threadsOf(node.name)}
        />
      )}
      <dl class="pairs">
        {node.load !== undefined && (
          <>
            <Pair name={words.nodes.busy}>
              {words.overview.threadsBusy(node.load.busy, node.load.workers)}
              {node.load.stuck > 0 && ` · ${words.engine.stuck(node.load.stuck)}`}
            </Pair>
            <Pair name={words.engine.heap}>{heap(node.load)}</Pair>
            <Pair name={words.nodes.cpu}>{words.nodes.processors(node.load.cpu)}</Pair>
            <Pair name={words.nodes.threads}>{number(node.load.threads)}</Pair>
            {node.load.connections !== undefined && (
              <Pair name={words.engine.connections}>{number(node.load.connections)}</Pair>
            )}
            <Pair name={words.engine.offset}>{configValue(node.load.clockOffset)}</Pair>
          </>
        )}
        <Pair name={words.nodes.version}>{node.version === "" ? "–" : node.version}</Pair>
        <Pair name={words.engine.up}>
          <Since at={node.startedAt} />
        </Pair>
        <Pair name={words.nodes.heartbeat}>
          <Age at={node.heartbeatAt} />
        </Pair>
        <Pair name={words.engine.incarnation}>
          <span class="mono">{node.incarnation}</span>
        </Pair>
      </dl>
    </Panel>
  );
}

function heap(load: { heapUsedBytes: number; heapMaxBytes: number }): string {
  const used = number(Math.round(load.heapUsedBytes / MB));
  return load.heapMaxBytes < 0
    ? `${used} MB`
    : `${used} / ${number(Math.round(load.heapMaxBytes / MB))} MB`;
}

function Orders({ node, others }: { node: NodeData; others: number }) {
  if (node.state === "lost") {
    return null;
  }
  const path = `nodes/${encodeURIComponent(node.incarnation)}`;
  if (node.draining !== undefined) {
    return (
      <ActButton onPress={() => act("POST", `${path}/resume`, {}, words.nodes.resumed(node.name))}>
        {words.nodes.resume}
      </ActButton>
    );
  }
  const drain = async () => {
    const told = await ask(
      words.nodes.drainTitle(node.name),
      words.nodes.askDrain(node.load?.busy ?? 0, others),
      words.nodes.drainNow,
    );
    if (told !== undefined) {
      await act("POST", `${path}/drain`, {}, words.nodes.draining(node.name), told);
    }
  };
  return <ActButton onPress={drain}>{words.nodes.drain}</ActButton>;
}
