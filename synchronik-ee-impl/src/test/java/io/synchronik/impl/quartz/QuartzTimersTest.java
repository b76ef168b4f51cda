package io.synchronik.impl.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Timers that are armed for a time. */
class QuartzTimersTest {
  private final QuartzTimers timers = new QuartzTimers("test", Runnable::run);
  private final BlockingQueue<String> due = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    timers.start(due::add);
  }

  @AfterEach
  void stop() {
    timers.stop(Duration.ofSeconds(5));
  }

  private static Schedule cron(String expression) {
    return new Schedule.Cron(expression, ZoneId.of("UTC"), Duration.ZERO);
  }

  @Test
  void armedTimeCountsWhereQuartzWouldTakeAnother() throws Exception {
    timers.arm("own", cron("0 0 0 1 1 ?"), Instant.now().plusMillis(200));

    assertThat(due.poll(30, TimeUnit.SECONDS)).isEqualTo("own");
  }

  @Test
  void timeOfTheExpressionIsArmed() throws Exception {
    Schedule each = cron("* * * * * ?");
    timers.arm("each", each, timers.after(each, Instant.now()));

    assertThat(due.poll(30, TimeUnit.SECONDS)).isEqualTo("each");
  }

  @Test
  void expressionThatQuartzRefusesIsArmedAllTheSame() throws Exception {
    Schedule far = cron("0 0 0 1 1 ? 2199");
    timers.arm("far", far, Instant.now().plusMillis(200));

    assertThat(due.poll(30, TimeUnit.SECONDS)).isEqualTo("far");
  }

  @Test
  void intervalIsArmedWithItsJitter() throws Exception {
    Schedule every =
        new Schedule.Every(
            Duration.ofHours(1), IntervalMode.FIXED_RATE, Duration.ZERO, Duration.ofMinutes(1));
    timers.arm("every", every, Instant.now().plusMillis(200));

    assertThat(due.poll(30, TimeUnit.SECONDS)).isEqualTo("every");
  }

  @Test
  void oneMayBeArmedAndDisarmedByManyThreads() throws Exception {
    Schedule every =
        new Schedule.Every(
            Duration.ofHours(1), IntervalMode.FIXED_RATE, Duration.ZERO, Duration.ZERO);
    CompletableFuture<?>[] threads = new CompletableFuture<?>[4];
    for (int i = 0; i < threads.length; i++) {
      boolean arms = i % 2 == 0;
      threads[i] = CompletableFuture.runAsync(() -> turn(every, arms));
    }

    CompletableFuture.allOf(threads).get(60, TimeUnit.SECONDS);

    timers.arm("turned", every, Instant.now().plusMillis(200));
    assertThat(due.poll(30, TimeUnit.SECONDS)).isEqualTo("turned");
  }

  private void turn(Schedule schedule, boolean arms) {
    for (int i = 0; i < 5_000; i++) {
      if (arms) {
        timers.arm("turned", schedule, Instant.now().plusSeconds(3600 + i));
      } else {
        timers.disarm("turned");
      }
    }
  }
}
