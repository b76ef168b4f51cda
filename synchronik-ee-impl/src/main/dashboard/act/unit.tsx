import { useState } from "preact/hooks";
import { randomKey } from "../data/api.ts";
import type { Run, Unit } from "../data/types.ts";
import { Dialog } from "../part/Dialog.tsx";
import { go } from "../shell/route.ts";
import { serverNow } from "../time/time.ts";
import { words } from "../words/en.ts";
import { ActButton, act, Reason } from "./act.tsx";

/** What can be done with a unit. */
export function UnitActions({ unit }: { unit: Unit }) {
  const [asked, setAsked] = useState<"run" | "pause" | undefined>(undefined);
  const path = `units/${encodeURIComponent(unit.id)}`;
  return (
    <div class="actions">
      {unit.paused ? (
        <ActButton onPress={() => act("POST", `${path}/resume`, {}, words.act.done)}>
          {words.act.resume}
        </ActButton>
      ) : (
        <ActButton onPress={async () => setAsked("pause")}>{words.act.pause}</ActButton>
      )}
      <ActButton
        onPress={() =>
          act("POST", `${path}/${unit.enabled ? "disable" : "enable"}`, {}, words.act.done)
        }
      >
        {unit.enabled ? words.act.disable : words.act.enable}
      </ActButton>
      <ActButton kind="primary" onPress={async () => setAsked("run")}>
        {words.act.run}
      </ActButton>
      {asked === "run" && <RunDialog unit={unit} onClose={() => setAsked(undefined)} />}
      {asked === "pause" && <PauseDialog unit={unit} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

function RunDialog({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const [text, setText] = useState("");
  const [bad, setBad] = useState(false);
  const [force, setForce] = useState(false);
  const [reason, setReason] = useState("");
  const [key] = useState(randomKey);
  const send = async () => {
    const body: { payload?: unknown; force?: boolean } = force ? { force } : {};
    if (text.trim() !== "") {
      try {
        body.payload = JSON.parse(text);
      } catch {
        setBad(true);
        return;
      }
    }
    const run = await act<Run>(
      "POST",
      `units/${encodeURIComponent(unit.id)}/runs`,
      body,
      words.act.asked(unit.name),
      { again: key, reason },
    );
    if (run !== undefined) {
      onClose();
      go(["runs", run.id]);
    }
  };
  return (
    <Dialog title={words.act.runTitle(unit.name)} onClose={onClose}>
      <label class="field">
        {words.act.payload}
        <textarea
          rows={5}
          value={text}
          aria-invalid={bad}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setBad(false);
          }}
        />
      </label>
      {bad && (
        <p class="bad-text" role="alert">
          {words.act.badJson}
        </p>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={force}
          onChange={(event) => setForce(event.currentTarget.checked)}
        />
        {unit.paused ? words.act.forcePaused : words.act.force}
      </label>
      <Reason value={reason} onInput={setReason} />
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onClose}>
          {words.close}
        </button>
        <ActButton kind="primary" onPress={send}>
          {words.act.runNow}
        </ActButton>
      </div>
    </Dialog>
  );
}

const HOURS = [1, 4, 24];

function PauseDialog({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const [hours, setHours] = useState("");
  const [reason, setReason] = useState("");
  const path = `units/${encodeURIComponent(unit.id)}`;
  const send = async () => {
    const until = new Date(serverNow() + Number(hours) * 3_600_000).toISOString();
    const body = hours === "" ? {} : { until };
    const undo = () => void act("POST", `${path}/resume`, {}, words.act.done);
    const told = { reason, undo };
    if (
      (await act("POST", `${path}/pause`, body, words.act.paused(unit.name), told)) !== undefined
    ) {
      onClose();
    }
  };
  return (
    <Dialog title={words.act.pauseTitle(unit.name)} onClose={onClose}>
      <label class="field">
        {words.act.pauseFor}
        <select value={hours} onChange={(event) => setHours(event.currentTarget.value)}>
          <option value="">{words.act.pauseForever}</option>
          {HOURS.map((n) => (
            <option key={n} value={String(n)}>
              {words.act.hours(n)}
            </option>
          ))}
        </select>
      </label>
      <Reason value={reason} onInput={setReason} />
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onClose}>
          {words.close}
        </button>
        <ActButton kind="primary" onPress={send}>
          {words.act.pauseNow}
        </ActButton>
      </div>
    </Dialog>
  );
}
