import { useEffect, useState } from "preact/hooks";
import { useRead } from "../data/read.ts";
import type { ConfigField, ConfigPreview, Unit } from "../data/types.ts";
import { Dialog } from "../part/Dialog.tsx";
import { Loaded } from "../part/Panel.tsx";
import { Age } from "../time/Age.tsx";
import { Time } from "../time/Time.tsx";
import { words } from "../words/en.ts";
import { ActButton, act, Reason } from "./act.tsx";

/** What somebody typed, by field; null takes back what was changed at runtime. */
export type Changes = Record<string, string | null>;

const TYPING = 300;

/** Changes a unit's configuration, and says before what it would come to. */
export function Configure({ unit }: { unit: Unit }) {
  const [open, setOpen] = useState(false);
  if (!unit.known) {
    return null;
  }
  return (
    <>
      <ActButton onPress={async () => setOpen(true)}>{words.config.change}</ActButton>
      {open && <ConfigDialog unit={unit} onClose={() => setOpen(false)} />}
    </>
  );
}

function ConfigDialog({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const [changes, setChanges] = useState<Changes>({});
  const [reason, setReason] = useState("");
  const settled = useSettled(changes);
  const path = `units/${encodeURIComponent(unit.id)}/config`;
  const preview = useRead<ConfigPreview>(`${path}/preview`, asQuery(settled), "never");
  const nothing = Object.keys(changes).length === 0;
  const wrong = preview.data?.wrong ?? [];
  const pending = settled !== changes || preview.loading;
  const send = async () => {
    if ((await act("PATCH", path, changes, words.act.done, { reason })) !== undefined) {
      onClose();
    }
  };
  return (
    <Dialog title={words.config.title(unit.name)} onClose={onClose}>
      <Loaded of={preview}>
        {(data) => (
          <>
            <div class="config" role="group" aria-label={words.unit.configuration}>
              {data.fields.map((field) => (
                <FieldRow
                  key={field.name}
                  field={field}
                  change={changes[field.name]}
                  wrong={wrong.find((one) => one.field === field.name)?.message}
                  onChange={(value) => setChanges(changed(changes, field, value))}
                />
              ))}
            </div>
            <Coming preview={data} />
          </>
        )}
      </Loaded>
      <Reason value={reason} onInput={setReason} />
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onClose}>
          {words.close}
        </button>
        <ActButton
          kind="primary"
          onPress={send}
          blocked={nothing || pending || wrong.length > 0 || preview.problem !== undefined}
        >
          {words.config.save}
        </ActButton>
      </div>
    </Dialog>
  );
}

/** What was typed, when the hand rests. */
function useSettled(changes: Changes): Changes {
  const [settled, setSettled] = useState(changes);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(changes), TYPING);
    return () => clearTimeout(timer);
  }, [changes]);
  return settled;
}

/** Takes a new value in; what is as before is no change. */
export function changed(changes: Changes, field: ConfigField, value: string | null): Changes {
  const { [field.name]: _, ...others } = changes;
  return value === field.before ? others : { ...others, [field.name]: value };
}

/** Writes changes as the preview takes them. */
export function asQuery(changes: Changes): Record<string, string> {
  const query = new Map<string, string>();
  const reset: string[] = [];
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) {
      reset.push(name);
    } else {
      // A blank stands for none: what is empty is left out of addresses.
      query.set(name, value === "" ? " " : value);
    }
  }
  if (reset.length > 0) {
    query.set("reset", reset.join(","));
  }
  return Object.fromEntries(query);
}

interface Row {
  field: ConfigField;
  change: string | null | undefined;
  wrong: string | undefined;
  onChange: (value: string | null) => void;
}

function FieldRow({ field, change, wrong, onChange }: Row) {
  const id = `config-${field.name}`;
  const value = change === undefined ? field.before : (change ?? field.byCode);
  return (
    <div class={change === undefined ? "" : "changed"}>
      <label for={id}>{field.name}</label>
      <input
        id={id}
        class="input"
        autoComplete="off"
        value={value}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {value === field.byCode ? (
        <span class="dim">{words.config.byCode}</span>
      ) : (
        <button type="button" class="button small" onClick={() => onChange(null)}>
          {words.config.reset(field.byCode)}
        </button>
      )}
      {wrong !== undefined && (
        <p id={`${id}-wrong`} class="bad-text" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

function Coming({ preview }: { preview: ConfigPreview }) {
  const names = new Set(preview.fields.map((field) => field.name));
  return (
    <section class="coming" aria-label={words.config.coming}>
      <h3>{words.config.coming}</h3>
      {preview.wrong
        .filter((one) => !names.has(one.field))
        .map((one) => (
          <p key={one.field} class="bad-text">
            {one.message}
          </p>
        ))}
      {preview.upcoming.length === 0 ? (
        <p class="dim">
          {preview.wrong.length > 0 ? words.config.notWithThat : words.unit.noneComing}
        </p>
      ) : (
        <ol>
          {preview.upcoming.map((at) => (
            <li key={at}>
              <Time at={at} />{" "}
              <span class="dim">
                <Age at={at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
