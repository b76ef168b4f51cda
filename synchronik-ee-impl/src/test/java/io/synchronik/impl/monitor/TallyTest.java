package io.synchronik.impl.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.synchronik.impl.store.monitor.StatStore;
import io.synchronik.monitor.Lateness;
import io.synchronik.monitor.RunCounts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Tally tally = new Tally(data -> 3);

  private static StatStore.Told told(String type, Instant at) {
    return new StatStore.Told(type, at, null, null, null, null);
  }

  private static StatStore.Told ran(
      String type, Instant at, @Nullable Instant due, Instant began, @Nullable Instant ended) {
    return new StatStore.Told(type, at, null, due, began, ended);
  }

  @Test
  void anEventCountsInItsFiveMinutesAndInItsHour() {
    tally.add(told("complete", NOON));
    tally.add(told("complete", NOON.plusSeconds(299)));
    tally.add(told("complete", NOON.plusSeconds(300)));

    assertThat(tally.sums())
        .containsOnly(
            entry(new StatStore.Key(300, NOON), completed(2)),
            entry(new StatStore.Key(300, NOON.plusSeconds(300)), completed(1)),
            entry(new StatStore.Key(3600, NOON), completed(3)));
  }

  private static RunCounts completed(int count) {
    return new RunCounts(
        0, 0, 0, new RunCounts.Ends(count, 0, 0, 0), RunCounts.Durations.NONE, Lateness.NONE);
  }

  @Test
  void eachTypeCountsAsWhatItIs() {
    for (String type :
        new String[] {"start", "retry", "misfire", "complete", "error", "cancel", "skip", "item"}) {
      tally.add(told(type, NOON));
    }

    RunCounts counts = tally.sums().get(new StatStore.Key(300, NOON));
    assertThat(counts)
        .isEqualTo(
            new RunCounts(
                1, 1, 3, new RunCounts.Ends(1, 1, 1, 1), RunCounts.Durations.NONE, Lateness.NONE));
  }

  @Test
  void runsThatWerePutBackInTimeTookNothing() {
    tally.add(ran("complete", NOON, null, NOON, NOON.minusSeconds(5)));
    tally.add(ran("error", NOON, null, NOON.minusSeconds(2), NOON));
    tally.add(ran("start", NOON, NOON.plusSeconds(1), NOON, null));
    tally.add(ran("start", NOON, NOON.minusMillis(700), NOON, null));

    RunCounts counts = tally.sums().get(new StatStore.Key(300, NOON));
    assertThat(counts.durations())
        .isEqualTo(new RunCounts.Durations(Duration.ofSeconds(2), Duration.ofSeconds(2)));
    assertThat(counts.lateness().runs()).isEqualTo(2);
    assertThat(counts.lateness().sum()).isEqualTo(Duration.ofMillis(700));
    assertThat(counts.lateness().percentile(0.5)).isEqualTo(Duration.ofMillis(50));
    assertThat(counts.lateness().percentile(0.95)).isEqualTo(Duration.ofMillis(700));
    assertThat(counts.lateness().percentile(0)).isEqualTo(Duration.ZERO);
    assertThat(Lateness.NONE.percentile(0.95)).isEqualTo(Duration.ZERO);
  }

  @Test
  void theLatestIsBeyondAllBounds() {
    Duration late = Duration.ofHours(7);

    assertThat(Lateness.of(late).percentile(0.95)).isEqualTo(late);
    assertThat(Lateness.of(late).histogram().get(Lateness.BOUNDS.size())).isEqualTo(1);
    assertThat(Lateness.of(Duration.ofMillis(50)).histogram().get(0)).isEqualTo(1);
    assertThat(Lateness.of(Duration.ofMillis(51)).histogram().get(1)).isEqualTo(1);
  }
}
