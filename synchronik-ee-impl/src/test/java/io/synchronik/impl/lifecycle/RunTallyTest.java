package io.synchronik.impl.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.synchronik.event.EventOrigin;
import io.synchronik.event.UnitCancelled;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitMisfired;
import io.synchronik.event.UnitSkipped;
import io.synchronik.event.UnitStarted;
import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.monitor.Lateness;
import io.synchronik.monitor.RunCounts;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.schedule.Misfire;
import io.synchronik.unit.UnitStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunTallyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Failure FAILURE = new Failure("type", "message", "", null);

  private final RunTally tally = new RunTally();

  private static EventOrigin at(Instant at) {
    return new EventOrigin("01ARZ3NDEKTSV4RRFFQ69G5FAV-0", at, "node", null, null);
  }

  @Test
  void whatIsWrittenIsRead() {
    tally.add(new UnitStarted(at(NOON), Cause.SCHEDULE), Duration.ofMillis(700));
    tally.add(new UnitStarted(at(NOON), Cause.MANUAL), null);
    tally.add(new UnitStarted(at(NOON), Cause.SCHEDULE), Duration.ofMillis(-5));
    tally.add(new UnitMisfired(at(NOON), NOON, 3, Misfire.SKIP), null);
    tally.add(new UnitFailed(at(NOON), Cause.MANUAL, 1, FAILURE), Duration.ofNanos(1_234_567_890));
    tally.add(new UnitCancelled(at(NOON.plusSeconds(299)), "no"), null);
    tally.add(new UnitSkipped(at(NOON.plusSeconds(300)), Cause.SCHEDULE, "no"), null);

    assertThat(RunTally.read(tally.text()))
        .containsOnly(
            entry(
                NOON,
                new RunCounts(
                    3,
                    0,
                    3,
                    new RunCounts.Ends(0, 1, 1, 0),
                    new RunCounts.Durations(
                        Duration.ofNanos(1_234_567_000), Duration.ofNanos(1_234_567_000)),
                    Lateness.of(Duration.ofMillis(700)).plus(Lateness.of(Duration.ZERO)))),
            entry(
                NOON.plusSeconds(300),
                new RunCounts(
                    0,
                    0,
                    0,
                    new RunCounts.Ends(0, 0, 0, 1),
                    RunCounts.Durations.NONE,
                    Lateness.NONE)));
  }

  @Test
  void nothingIsWrittenOfWhatDoesNotCount() {
    tally.add(new UnitUpdated(at(NOON), UpdateReason.STATUS_CHANGE, UnitStatus.RUNNING), null);

    assertThat(tally.text()).isEmpty();
    assertThat(RunTally.read("")).isEmpty();
  }

  @Test
  void moreBoundsThanAreKnownHereCountInTheLast() {
    tally.add(new UnitStarted(at(NOON), Cause.SCHEDULE), Duration.ofDays(1));

    assertThat(RunTally.read(tally.text() + ",4").get(NOON).lateness().histogram())
        .last()
        .isEqualTo(5L);
  }
}
