import { useState } from "preact/hooks";
import { ActButton } from "../act/act.tsx";
import { doToMany } from "../act/bulk.tsx";
import { useRead } from "../data/read.ts";
import { mayChange } from "../data/session.ts";
import type { BulkAction, BulkFilter, BulkOver } from "../data/types.ts";
import { say } from "../part/toast.tsx";
import { words } from "../words/en.ts";

/** What is chosen in a table: rows by their ids, or all that match the filters. */
export interface Choice {
  ids: ReadonlySet<string>;
  all: boolean;
  /** Whether anything is chosen. */
  some: boolean;
  choose: (ids: readonly string[], on: boolean) => void;
  chooseAll: () => void;
  clear: () => void;
}

/** The server takes so many by their ids. */
const MOST = 1000;

export function useChoice(): Choice {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const take = (chosen: Iterable<string>, everything: boolean) => {
    setIds(new Set(chosen));
    setAll(everything);
  };
  return {
    ids,
    all,
    some: all || ids.size > 0,
    choose: (some, on) => {
      const chosen = new Set(ids);
      for (const id of some) {
        if (on) {
          chosen.add(id);
        } else {
          chosen.delete(id);
        }
      }
      if (chosen.size > MOST) {
        say(words.bulk.tooMany(MOST), true);
      } else {
        take(chosen, false);
      }
    },
    chooseAll: () => take([], true),
    clear: () => take([], false),
  };
}

/** What can be done to those that are chosen. */
export interface Offer {
  action: BulkAction;
  /** What is asked of those that are named. */
  named: BulkFilter;
  /** The filters in force; undefined when it cannot be done to all that match them. */
  all: BulkFilter | undefined;
}

interface Shown {
  over: BulkOver;
  choice: Choice;
  offers: readonly Offer[];
}

/** Says what is chosen, and does it to them; not there for who may only look. */
export function ChoiceBar({ over, choice, offers }: Shown) {
  if (!mayChange.value) {
    return null;
  }
  const ids = [...choice.ids];
  return (
    <div class="choice" role="group" aria-label={words.bulk.choice}>
      <span role="status">
        {choice.all
          ? words.bulk.allChosen
          : ids.length > 0
            ? words.bulk.chosen(ids.length)
            : words.bulk.noneChosen}
      </span>
      {choice.some ? (
        <button type="button" class="button small" onClick={choice.clear}>
          {words.bulk.clear}
        </button>
      ) : (
        <button type="button" class="button small" onClick={choice.chooseAll}>
          {words.bulk.chooseAll}
        </button>
      )}
      <span class="space" />
      <span class="actions">
        {choice.all &&
          offers.map(({ action, all }) =>
            all === undefined ? null : (
              <CountedButton key={action} order={{ action, over, filter: all }} choice={choice} />
            ),
          )}
        {!choice.all &&
          choice.some &&
          offers.map(({ action, named }) => (
            <ActButton
              key={action}
              onPress={async () =>
                doToMany({ action, over, filter: { ...named, ids } }, choice.clear)
              }
            >
              {words.bulk.button(words.bulk.verb(action, over))}
            </ActButton>
          ))}
      </span>
    </div>
  );
}

interface Counted {
  order: { action: BulkAction; over: BulkOver; filter: BulkFilter };
  choice: Choice;
}

/** Says to how many it would be done. */
function CountedButton({ order, choice }: Counted) {
  const { action, over, filter } = order;
  const count = useRead<{ count: number }>("bulk/count", { ...filter, action, over }, "never");
  const many = count.data?.count;
  return (
    <ActButton blocked={!many} onPress={async () => doToMany(order, choice.clear)}>
      {words.bulk.button(words.bulk.verb(action, over), many)}
    </ActButton>
  );
}
