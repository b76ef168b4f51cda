package io.synchronik.impl.run;

import io.synchronik.event.UnitCancelled;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitRetried;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.lifecycle.Produced;
import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.store.item.ItemSetEnds;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.AttemptStore;
import io.synchronik.impl.store.run.RunEndStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.UnitCounts;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.run.AttemptOutcome;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.Progress;
import io.synchronik.run.RunState;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what becomes of owned runs, and what follows for their units. Locks runs by id, then units
 * and schedules that nobody else holds: no end waits for these.
 */
public final class RunEnds {
  /**
   * The end of an owned run.
   *
   * @param owned the run
   * @param incarnation who owns it
   * @param change what becomes of it
   * @param losses how often its node was lost, now included
   * @param config the unit's configuration, null when this node does not know the unit
   * @param progress told since it was last written, null for none
   */
  public record Item(
      RunStore.Owned owned,
      String incarnation,
      RunChange change,
      int losses,
      @Nullable UnitConfig config,
      @Nullable Progress progress) {
    private Item of(RunChange other) {
      return new Item(owned, incarnation, other, losses, config, progress);
    }

    /** Returns the attempt that is over with it. */
    private AttemptStore.Ended attempt() {
      AttemptOutcome outcome =
          switch (change.state()) {
            case FAILED, WAITING -> AttemptOutcome.FAILED;
            case CANCELED -> AttemptOutcome.CANCELED;
            case RUNNING -> AttemptOutcome.ENUMERATED;
            default -> losses > owned.losses() ? AttemptOutcome.LOST : AttemptOutcome.INTERRUPTED;
          };
      return new AttemptStore.Ended(claim(this), owned.attempt(), outcome, change.failure());
    }

    /** Returns what becomes of the run at once: one that has items left goes on with these. */
    private Item of(Map<String, Long> withItems) {
      return withItems.containsKey(owned.id())
          ? of(
              new RunChange(RunState.RUNNING, null, change.attempt(), Produced.NOTHING, null, null))
          : this;
    }
  }

  private static final int MOST_ORIGINALS = 1000;

  /**
   * What came of ends.
   *
   * @param applied those whose claims still owned their runs
   * @param held those whose runs somebody else holds
   */
  public record Applied(List<Item> applied, List<Item> held) {}

  private final RunEndStore runs = new RunEndStore();
  private final AttemptStore attempts = new AttemptStore();
  private final ItemSets sets = new ItemSets();
  private final ItemSetEnds setEnds = new ItemSetEnds();

  /** Failures of runs that are going to end, with their exceptions. */
  private final Map<String, Failure> originals = new ConcurrentHashMap<>();

  private final Journal journal;
  private final Milestones milestones;
  private final UnitLedger ledger;
  private final Json json;

  public RunEnds(Journal journal, Milestones milestones, UnitLedger ledger, Json json) {
    this.journal = journal;
    this.ledger = ledger;
    this.milestones = milestones;
    this.json = json;
  }

  public UnitLedger ledger() {
    return ledger;
  }

  /**
   * Applies ends; returns those whose claims still owned their runs, as they have become: of two
   * who cancel and finish a run the first one wins, and what it was told stays true.
   */
  public List<Item> apply(Tx tx, List<Item> items) {
    return apply(tx, items, runs::applyIfOwnedAndWanted);
  }

  /**
   * Applies ends as {@link #apply}, and waits for no run, and no items of one, that somebody else
   * holds.
   */
  public Applied applyFree(Tx tx, List<Item> items) {
    Set<String> held = heldSets(tx, items);
    List<Item> free =
        held.isEmpty()
            ? items
            : items.stream().filter(item -> !held.contains(item.owned.id())).toList();
    List<Item> applied = apply(tx, free, runs::applyIfOwnedWantedAndFree);
    if (applied.size() == items.size()) {
      return new Applied(applied, List.of());
    }
    Set<RunStore.Claimed> met = applied.stream().map(RunEnds::claim).collect(Collectors.toSet());
    List<Item> others = items.stream().filter(item -> !met.contains(claim(item))).toList();
    Set<RunStore.Claimed> still =
        runs.stillOwned(tx.session(), others.stream().map(RunEnds::claim).toList());
    return new Applied(
        applied, others.stream().filter(item -> still.contains(claim(item))).toList());
  }

  /** Holds the sets that the ends of their runs change; returns the runs of the others. */
  private Set<String> heldSets(Tx tx, List<Item> items) {
    List<String> changing =
        items.stream()
            .filter(item -> item.change.state() != RunState.COMPLETED)
            .map(item -> item.owned.id())
            .toList();
    return changing.isEmpty() ? Set.of() : sets.lockFree(tx.session(), changing);
  }

  private static RunStore.Claimed claim(Item item) {
    return new RunStore.Claimed(item.owned.id(), item.owned.fence());
  }

  /** Writes ends; tells which it did. */
  private interface Write {
    boolean[] write(Session session, List<RunStore.End> ends, Instant now);
  }

  private List<Item> apply(Tx tx, List<Item> items, Write write) {
    List<Item> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparing(item -> item.owned.id()));
    List<Item> applied = applyWanted(tx, sorted, write);
    if (applied.size() < sorted.size()) {
      Set<String> met = applied.stream().map(item -> item.owned.id()).collect(Collectors.toSet());
      sorted.removeIf(item -> met.contains(item.owned.id()));
      applied.addAll(applyWanted(tx, canceled(tx, sorted), write));
    }
    List<Item> ended = applied.stream().filter(item -> item.change.state().isFinal()).toList();
    enumerated(tx, applied);
    rearm(tx, ended);
    countDown(tx, ended);
    applied.stream()
        .filter(item -> item.change.state() == RunState.WAITING)
        .forEach(item -> retried(tx, item));
    return applied;
  }

  /** Returns how those of some refused ends end that somebody wants cancelled. */
  private List<Item> canceled(Tx tx, List<Item> refused) {
    List<Item> canceled = new ArrayList<>();
    Map<String, Map<RunStore.Claimed, String>> unwanted = new HashMap<>();
    for (Item item : refused) {
      String by =
          unwanted
              .computeIfAbsent(
                  item.incarnation,
                  who ->
                      runs.unwanted(
                          tx.session(), who, refused.stream().map(one -> one.owned.id()).toList()))
              .get(new RunStore.Claimed(item.owned.id(), item.owned.fence()));
      if (by != null) {
        RunChange change =
            new RunChange(
                RunState.CANCELED, null, item.change.attempt(), Produced.NOTHING, null, by);
        canceled.add(item.of(change));
      }
    }
    return canceled;
  }

  private List<Item> applyWanted(Tx tx, List<Item> sorted, Write write) {
    Map<String, Long> withItems = withItems(tx, sorted);
    List<Item> ends = sorted.stream().map(item -> item.of(withItems)).toList();
    boolean[] owned =
        write.write(
            tx.session(),
            ends.stream()
                .map(
                    item ->
                        new RunStore.End(
                            item.owned.id(),
                            item.incarnation,
                            item.owned.fence(),
                            item.change,
                            item.losses,
                            item.progress))
                .toList(),
            tx.now());
    List<Item> applied = new ArrayList<>();
    List<AttemptStore.Ended> over = new ArrayList<>();
    for (int i = 0; i < owned.length; i++) {
      if (owned[i]) {
        applied.add(ends.get(i));
        if (!ends.get(i).change.state().isFinal()) {
          over.add(sorted.get(i).attempt());
        }
        if (withItems.containsKey(ends.get(i).owned.id())) {
          endLater(tx, sorted.get(i));
        }
      }
    }
    attempts.insert(tx.session(), over, tx.now());
    return applied;
  }

  /** Returns the sets of runs that end without having come to the ends of their items. */
  private Map<String, Long> withItems(Tx tx, List<Item> items) {
    List<String> over =
        items.stream()
            .filter(
                item ->
                    item.change.state() == RunState.FAILED
                        || item.change.state() == RunState.CANCELED)
            .map(item -> item.owned.id())
            .toList();
    return over.isEmpty() ? Map.of() : setEnds.open(tx.session(), over);
  }

  /** The items of a run are withdrawn first. */
  private void endLater(Tx tx, Item item) {
    RunChange change = item.change;
    remember(tx, item.owned.id(), change.failure());
    setEnds.endIfOpen(
        tx.session(),
        item.owned.id(),
        new ItemSetEnds.Verdict(change.state(), change.failure(), change.reason(), null));
  }

  /** Keeps the exception for when the run ends here. */
  public void remember(Tx tx, String run, @Nullable Failure failure) {
    if (failure != null && failure.exception() != null) {
      tx.afterCommit(
          () -> {
            if (originals.size() < MOST_ORIGINALS) {
              originals.put(run, failure);
            }
          });
    }
  }

  /** Returns a failure as this node knows it; one that was read has lost its exception. */
  public @Nullable Failure original(String run, @Nullable Failure read) {
    Failure original = originals.remove(run);
    return read == null || original == null ? read : original;
  }

  private void enumerated(Tx tx, List<Item> applied) {
    for (Item item : applied) {
      if (item.change.state() == RunState.RUNNING) {
        sets.enumerated(tx.session(), item.owned.id());
      }
    }
  }

  private void rearm(Tx tx, List<Item> ended) {
    Map<String, Item> waiting = new TreeMap<>();
    for (Item item : ended) {
      if (item.owned.context().cause() == Cause.SCHEDULE
          && item.config != null
          && item.config.schedule() instanceof Schedule.Every every
          && every.mode() == IntervalMode.FIXED_DELAY) {
        waiting.put(item.owned.unit(), item);
      }
    }
    waiting.forEach(
        (unit, item) -> {
          if (Objects.requireNonNull(item.config).schedule() instanceof Schedule.Every every) {
            ledger.arm(tx, unit, item.owned.id(), every);
          }
        });
  }

  private void countDown(Tx tx, List<Item> ended) {
    if (ended.isEmpty()) {
      return;
    }
    TreeSet<String> ids = new TreeSet<>();
    ended.forEach(item -> ids.add(item.owned.unit()));
    UnitCounts counts = ledger.hold(tx, ids);
    for (Item item : ended) {
      String unit = item.owned.unit();
      long maxRuns = item.config == null ? 0 : item.config.maxRuns();
      UnitCounts.End end = new UnitCounts.End(item.change.state(), duration(tx, item), tx.now());
      if (counts.ended(unit, item.owned.id(), end, maxRuns)) {
        counts.announce(journal, tx, unit, item.owned.id());
      }
      announce(tx, item);
    }
    counts.write();
  }

  private static Duration duration(Tx tx, Item item) {
    Duration between = Duration.between(item.owned.context().startedAt(), tx.now());
    return between.isNegative() ? Duration.ZERO : between;
  }

  private void announce(Tx tx, Item item) {
    String unit = item.owned.unit();
    String run = item.owned.id();
    RunChange change = item.change;
    Cause cause = item.owned.context().cause();
    switch (change.state()) {
      case COMPLETED -> {
        journal.add(
            tx,
            unit,
            run,
            origin ->
                new UnitCompleted(
                    origin, cause, duration(tx, item), json.payload(change.produced().result())));
        milestones.add(tx, "unit:" + unit + ":completed", null, unit, run);
      }
      case FAILED -> {
        Failure failure = Objects.requireNonNull(change.failure());
        journal.add(
            tx,
            unit,
            run,
            duration(tx, item),
            origin -> new UnitFailed(origin, cause, change.attempt(), failure));
      }
      default -> {
        String reason = String.valueOf(change.reason());
        journal.add(tx, unit, run, origin -> new UnitCancelled(origin, reason));
      }
    }
  }

  private void retried(Tx tx, Item item) {
    Failure failure = Objects.requireNonNull(item.change.failure());
    Instant due = Objects.requireNonNull(item.change.dueAt());
    journal.add(
        tx,
        item.owned.unit(),
        item.owned.id(),
        origin -> new UnitRetried(origin, item.change.attempt(), due, failure));
  }
}
