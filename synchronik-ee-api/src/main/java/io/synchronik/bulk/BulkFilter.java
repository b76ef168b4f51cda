package io.synchronik.bulk;

import io.synchronik.run.FailureKind;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** To whom a bulk action is done: all that fit when it is asked for. Immutable. */
public sealed interface BulkFilter permits BulkFilter.Runs, BulkFilter.Items, BulkFilter.Units {
  /** The longest text that is looked for, in characters. */
  int LONGEST_TEXT = 500;

  /** How many can be named. */
  int MOST_IDS = 1000;

  /**
   * Runs.
   *
   * <p>To be retried are runs that are no part of another one and that nobody has retried. To be
   * cancelled are runs that are not final: those of the unit or with the ids, parts of processes
   * too; else those that are no part of another one, which takes its parts with it.
   *
   * @param ids only these; empty for all
   * @param unit only runs of this unit; null for all
   * @param states only runs in one of these states; empty for those that failed when they are to be
   *     retried, for all that are not final when they are to be cancelled
   * @param group only runs with a failure of this {@linkplain FailureKind#group group}; null for
   *     all
   * @param from only runs that ended then or later when they are to be retried, that were asked for
   *     then or later when they are to be cancelled; null for all
   * @param to only runs that did so before; null for all
   */
  record Runs(
      Set<String> ids,
      @Nullable String unit,
      Set<RunState> states,
      @Nullable String group,
      @Nullable Instant from,
      @Nullable Instant to)
      implements BulkFilter {
    /** All runs. */
    public static final Runs ALL = new Runs(Set.of(), null, Set.of(), null, null, null);

    public Runs {
      ids = named(ids, "runs");
      states = Set.copyOf(states);
      if (group != null) {
        FailureKind.group(group);
      }
      if (from != null && to != null && !to.isAfter(from)) {
        throw new IllegalArgumentException("to must be after from");
      }
    }

    /** Returns a copy for some runs. */
    public Runs of(String... some) {
      return new Runs(Set.of(some), unit, states, group, from, to);
    }

    /** Returns a copy for one unit. */
    public Runs ofUnit(String id) {
      return new Runs(ids, id, states, group, from, to);
    }

    /** Returns a copy for some states. */
    public Runs in(RunState... wanted) {
      return new Runs(ids, unit, Set.of(wanted), group, from, to);
    }

    /** Returns a copy for failures of one kind. */
    public Runs ofGroup(String one) {
      return new Runs(ids, unit, states, one, from, to);
    }

    /** Returns a copy for a time; null for no bound. */
    public Runs between(@Nullable Instant begin, @Nullable Instant end) {
      return new Runs(ids, unit, states, group, begin, end);
    }
  }

  /**
   * Items of runs that go on: to be retried those that have failed, to be withdrawn those that are
   * not final.
   *
   * @param ids only these; empty for all
   * @param run only items of this run; null for all
   * @param unit only items of runs of this unit; null for all
   * @param group only items whose latest failure is of this {@linkplain FailureKind#group group};
   *     null for all
   * @param failure only items whose latest failure's type or message contains this text; null for
   *     all
   */
  record Items(
      Set<ItemId> ids,
      @Nullable String run,
      @Nullable String unit,
      @Nullable String group,
      @Nullable String failure)
      implements BulkFilter {
    /** All items. */
    public static final Items ALL = new Items(Set.of(), null, null, null, null);

    public Items {
      ids = named(ids, "items");
      if (group != null) {
        FailureKind.group(group);
        if (failure != null) {
          throw new IllegalArgumentException("There is either a group or a text of failures");
        }
      }
      if (failure != null && failure.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "failure has at most " + LONGEST_TEXT + " characters, not " + failure.length());
      }
    }

    /** Returns a copy for some items. */
    public Items of(ItemId... some) {
      return new Items(Set.of(some), run, unit, group, failure);
    }

    /** Returns a copy for one run. */
    public Items ofRun(String id) {
      return new Items(ids, id, unit, group, failure);
    }

    /** Returns a copy for the runs of one unit. */
    public Items ofUnit(String id) {
      return new Items(ids, run, id, group, failure);
    }

    /** Returns a copy for failures of one kind. */
    public Items ofGroup(String one) {
      return new Items(ids, run, unit, one, null);
    }

    /** Returns a copy for failures that contain a text. */
    public Items failedWith(String text) {
      return new Items(ids, run, unit, null, text);
    }
  }

  /**
   * Units that the action changes: to be paused those that are not paused, and so on.
   *
   * @param ids only these; empty for all
   * @param kind only those of this kind; null for all
   * @param statuses only those with one of these statuses; empty for all
   * @param text only those whose id, name or description contains this, in any case; null for all
   */
  record Units(
      Set<String> ids, @Nullable UnitKind kind, Set<UnitStatus> statuses, @Nullable String text)
      implements BulkFilter {
    /** All units. */
    public static final Units ALL = new Units(Set.of(), null, Set.of(), null);

    public Units {
      ids = named(ids, "units");
      statuses = Set.copyOf(statuses);
      if (text != null && text.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "text has at most " + LONGEST_TEXT + " characters, not " + text.length());
      }
    }

    /** Returns a copy for some units. */
    public Units of(String... some) {
      return new Units(Set.of(some), kind, statuses, text);
    }

    /** Returns a copy for one kind. */
    public Units ofKind(UnitKind one) {
      return new Units(ids, one, statuses, text);
    }

    /** Returns a copy for some statuses. */
    public Units in(UnitStatus... wanted) {
      return new Units(ids, kind, Set.of(wanted), text);
    }

    /** Returns a copy for units that mention a text. */
    public Units mentioning(String part) {
      return new Units(ids, kind, statuses, part);
    }
  }

  private static <T> Set<T> named(Collection<T> ids, String what) {
    if (ids.size() > MOST_IDS) {
      throw new IllegalArgumentException(
          "At most " + MOST_IDS + " " + what + " are named, not " + ids.size());
    }
    for (T id : ids) {
      if (id.toString().indexOf(',') >= 0) {
        throw new IllegalArgumentException("'" + id + "' is no id of one of the " + what);
      }
    }
    return Set.copyOf(ids);
  }
}
