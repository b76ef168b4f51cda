package io.synchronik.impl.monitor;

import io.synchronik.impl.lifecycle.RunTally;
import io.synchronik.impl.store.monitor.StatStore;
import io.synchronik.monitor.Lateness;
import io.synchronik.monitor.RunCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Adds up what events tell, by the rows that they belong to. */
final class Tally {
  private final Map<StatStore.Key, RunCounts> sums =
      new TreeMap<>(
          Comparator.comparing(StatStore.Key::seconds).thenComparing(StatStore.Key::bucket));

  private final ToLongFunction<@Nullable String> missed;

  /**
   * Creates an empty one.
   *
   * @param missed how many due times the data of a misfire tells of
   */
  Tally(ToLongFunction<@Nullable String> missed) {
    this.missed = missed;
  }

  void add(StatStore.Told told) {
    add(told.at(), counts(told));
  }

  /** Adds what a batch tells of its events. */
  void add(String tally) {
    RunTally.read(tally).forEach(this::add);
  }

  private void add(Instant at, RunCounts counts) {
    sums.merge(StatStore.Key.of(StatStore.SHORT, at), counts, RunCounts::plus);
    sums.merge(StatStore.Key.of(StatStore.LONG, at), counts, RunCounts::plus);
  }

  Map<StatStore.Key, RunCounts> sums() {
    return sums;
  }

  private RunCounts counts(StatStore.Told told) {
    return switch (told.type()) {
      case "start" -> counts(1, 0, 0, lateness(told));
      case "retry" -> counts(0, 1, 0, Lateness.NONE);
      case "misfire" -> counts(0, 0, missed.applyAsLong(told.data()), Lateness.NONE);
      case "complete" -> ended(new RunCounts.Ends(1, 0, 0, 0), duration(told));
      case "error" -> ended(new RunCounts.Ends(0, 1, 0, 0), duration(told));
      case "cancel" -> ended(new RunCounts.Ends(0, 0, 1, 0), RunCounts.Durations.NONE);
      case "skip" -> ended(new RunCounts.Ends(0, 0, 0, 1), RunCounts.Durations.NONE);
      default -> RunCounts.NONE;
    };
  }

  private static RunCounts counts(long started, long retried, long misfired, Lateness lateness) {
    return new RunCounts(
        started, retried, misfired, RunCounts.NONE.ends(), RunCounts.Durations.NONE, lateness);
  }

  private static RunCounts ended(RunCounts.Ends ends, RunCounts.Durations durations) {
    return new RunCounts(0, 0, 0, ends, durations, Lateness.NONE);
  }

  private static Lateness lateness(StatStore.Told told) {
    return told.scheduledAt() == null || told.startedAt() == null
        ? Lateness.NONE
        : Lateness.of(Duration.between(told.scheduledAt(), told.startedAt()));
  }

  private static RunCounts.Durations duration(StatStore.Told told) {
    if (told.startedAt() == null || told.endedAt() == null) {
      return RunCounts.Durations.NONE;
    }
    Duration took = Duration.between(told.startedAt(), told.endedAt());
    return took.isNegative() ? RunCounts.Durations.NONE : new RunCounts.Durations(took, took);
  }
}
