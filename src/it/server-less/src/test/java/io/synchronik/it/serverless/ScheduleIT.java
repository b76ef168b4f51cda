package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunQuery;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When units are due. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ScheduleIT extends SharedNode {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Tells the times for which it runs. */
  private static final class Dated implements Work<String> {
    private final Probe<Instant> times = new Probe<>();

    @Override
    public String run(RunContext run) {
      times.accept(run.scheduledAt().orElseThrow());
      return "done";
    }
  }

  @Test
  void fixedRateCountsFromTheLastScheduledTime() {
    Dated work = new Dated();
    register("rate", work, config -> config.every(Duration.ofMillis(70)).overlap(Overlap.ALLOW));

    work.times.awaitCount(6, time -> true, Probe.PATIENCE);
    manager.disable("rate");

    List<Instant> times = work.times.seen().stream().sorted().toList();
    Instant first = times.get(0);
    assertThat(times)
        .containsExactlyElementsOf(
            IntStream.range(0, times.size()).mapToObj(i -> first.plusMillis(70L * i)).toList());
    assertThat(runs("rate"))
        .allSatisfy(
            run ->
                assertThat(run.times().submittedAt()).isAfterOrEqualTo(run.times().scheduledAt()));
  }

  @Test
  void fixedDelayCountsFromTheEnd() {
    Held held = Held.interruptibly();
    register("delay", held, config -> config.schedule(fixedDelay(HOUR)));
    held.awaitBegun();
    assertThat(unit("delay").nextDue()).isEmpty();
    Instant begun = manager.getRegistrySnapshot().at();
    Await.until(
        Probe.PATIENCE, () -> manager.getRegistrySnapshot().at().isAfter(begun.plusMillis(100)));

    held.letGo();
    Await.until(Probe.PATIENCE, () -> unit("delay").nextDue().isPresent());

    Instant ended = runs("delay").get(0).times().endedAt();
    assertThat(ended).isAfter(begun.plusMillis(100));
    assertThat(unit("delay").nextDue()).contains(ended.plus(HOUR));
  }

  @Test
  void fixedDelayGoesOnAfterFailuresAndSkips() {
    Held held = Held.interruptibly();
    register(
        "delay-failing",
        run -> {
          held.run(run);
          throw new IllegalStateException("no");
        },
        config -> config.schedule(fixedDelay(Duration.ofMillis(50))));
    held.awaitBegun();
    held.letGo();
    held.awaitBegun();
    held.letGo();
    held.awaitBegun();
    manager.disable("delay-failing");
    held.letAllGo();

    Held manual = Held.interruptibly();
    register("delay-skipping", manual, config -> config.overlap(Overlap.SKIP));
    RunHandle run = manager.runWorkerById("delay-skipping");
    manual.awaitBegun();
    manager.updateUnitConfig(
        "delay-skipping", config -> config.schedule(fixedDelay(Duration.ofMillis(50))));
    Await.until(
        Probe.PATIENCE,
        () ->
            manager
                    .findRuns(RunQuery.LATEST.ofUnit("delay-skipping").in(RunState.SKIPPED))
                    .items()
                    .size()
                >= 2);
    manual.letAllGo();
    run.join(Probe.PATIENCE);
    manual.begun.awaitCount(3, begun -> true, Probe.PATIENCE);
    manager.disable("delay-skipping");
  }

  @Test
  void cronFiresOnItsSeconds() {
    Dated work = new Dated();
    register("cron", work, config -> config.cron("* * * * * ?", ZoneId.of("UTC")));

    work.times.awaitCount(2, time -> true, Probe.PATIENCE);
    manager.disable("cron");

    List<Instant> times = work.times.seen();
    assertThat(times).allMatch(time -> time.equals(time.truncatedTo(ChronoUnit.SECONDS)));
    assertThat(times).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void cronIsReadInItsZone() {
    ZoneId oslo = ZoneId.of("Europe/Oslo");
    register("zoned", run -> "done", config -> config.cron("0 30 3 * * ?", oslo));

    assertThat(unit("zoned").timing().upcoming())
        .hasSize(5)
        .isSortedAccordingTo(Comparator.naturalOrder())
        .allMatch(time -> time.atZone(oslo).toLocalTime().equals(LocalTime.of(3, 30)))
        .first()
        .isEqualTo(unit("zoned").nextDue().orElseThrow());
  }

  @Test
  void initialDelayIsKept() {
    Dated work = new Dated();
    Instant before = manager.getRegistrySnapshot().at();

    register(
        "delayed",
        work,
        config ->
            config.schedule(
                new Schedule.Every(
                    HOUR, IntervalMode.FIXED_RATE, Duration.ofMillis(300), Duration.ZERO)));

    Instant due = unit("delayed").nextDue().orElseThrow();
    assertThat(due)
        .isBetween(before.plusMillis(300), manager.getRegistrySnapshot().at().plusMillis(300));
    assertThat(work.times.awaitNext(time -> true)).isEqualTo(due);
    assertThat(unit("delayed").nextDue()).contains(due.plus(HOUR));
    assertThat(runs("delayed").get(0).times().startedAt()).isAfterOrEqualTo(due);
  }

  @Test
  void withoutInitialDelayAnIntervalIsDueAtOnce() {
    Dated work = new Dated();

    register("at-once", work, config -> config.every(HOUR));

    Instant due = work.times.awaitNext(time -> true);
    assertThat(unit("at-once").nextDue()).contains(due.plus(HOUR));
  }

  @Test
  void jitterMovesDueTimesAndDoesNotAddUp() {
    Dated work = new Dated();
    Duration jitter = Duration.ofMillis(90);
    register(
        "jitter",
        work,
        config ->
            config
                .schedule(
                    new Schedule.Every(
                        Duration.ofMillis(100), IntervalMode.FIXED_RATE, Duration.ZERO, jitter))
                .overlap(Overlap.ALLOW));

    work.times.awaitCount(8, time -> true, Probe.PATIENCE);
    manager.disable("jitter");

    List<Instant> times = work.times.seen().stream().sorted().toList();
    assertThat(times)
        .containsExactlyElementsOf(
            IntStream.range(0, times.size())
                .mapToObj(i -> times.get(0).plusMillis(100L * i))
                .toList());
    assertThat(runs("jitter"))
        .allSatisfy(
            run ->
                assertThat(run.times().submittedAt()).isAfterOrEqualTo(run.times().scheduledAt()));
  }

  @Test
  void jitterStaysInItsBounds() {
    Instant before = manager.getRegistrySnapshot().at();
    for (int i = 0; i < 10; i++) {
      register(
          "spread-" + i,
          run -> "done",
          config ->
              config.schedule(
                  new Schedule.Every(HOUR, IntervalMode.FIXED_RATE, HOUR, Duration.ofMinutes(30))));
    }
    Instant after = manager.getRegistrySnapshot().at();

    List<Instant> due =
        IntStream.range(0, 10).mapToObj(i -> unit("spread-" + i).nextDue().orElseThrow()).toList();
    assertThat(due)
        .allSatisfy(
            time ->
                assertThat(time)
                    .isBetween(before.plus(HOUR), after.plus(HOUR).plus(Duration.ofMinutes(30))));
    assertThat(due.stream().map(time -> time.truncatedTo(ChronoUnit.SECONDS)).distinct().count())
        .isGreaterThan(5);
  }

  @Test
  void unitWithoutScheduleIsNeverDue() {
    register("on-demand", run -> "done");

    assertThat(unit("on-demand").nextDue()).isEmpty();
    assertThat(unit("on-demand").timing().upcoming()).isEmpty();
  }

  private static Schedule fixedDelay(Duration interval) {
    return new Schedule.Every(interval, IntervalMode.FIXED_DELAY, Duration.ZERO, Duration.ZERO);
  }

  private List<RunView> runs(String unit) {
    return manager.findRuns(RunQuery.LATEST.ofUnit(unit)).items();
  }
}
