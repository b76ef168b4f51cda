package io.synchronik.impl.quartz;

import io.synchronik.impl.cron.CronTimes;
import io.synchronik.impl.lifecycle.DueTimes;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.run.SynchronikException;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ScheduleBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * Timers on Quartz with its in-memory store: each unit is a job with a trigger of its own kind, the
 * loop and the watcher are jobs with interval triggers.
 */
@SuppressWarnings("JavaUtilDate") // Quartz speaks in dates
public final class QuartzTimers implements Timers {
  private static final String UNITS = "units";
  private static final String ENGINE = "engine";
  private static final int THREADS = 5;

  private final String application;
  private final Executor context;
  private final ConcurrentHashMap<String, CronTimes> crons = new ConcurrentHashMap<>();

  /** Definitions are read before the database is known; this JVM's time tells which year it is. */
  private final InstantSource atDefinition = new DatabaseClock();

  private volatile BusyThreads busy = new BusyThreads();
  private volatile @Nullable Scheduler scheduler;

  /**
   * Creates the timers.
   *
   * @param application names the scheduler
   * @param context runs something on the calling thread inside the application's context
   */
  public QuartzTimers(String application, Executor context) {
    this.application = application;
    this.context = context;
  }

  @Override
  public void check(Schedule schedule) {
    if (schedule instanceof Schedule.Cron cron) {
      Instant first = after(cron, atDefinition.instant());
      if (first == null) {
        throw new IllegalArgumentException(
            "cron \"%s\" is never due%s"
                .formatted(
                    cron.expression(),
                    after(cron, Instant.EPOCH) == null ? "" : " again: its years are over"));
      }
      checkJitter(cron, first);
    }
  }

  private void checkJitter(Schedule.Cron cron, Instant first) {
    DueTimes times = time -> after(cron, time);
    Duration gap = times.leastGap(first);
    if (gap != null && cron.jitter().compareTo(gap) >= 0) {
      throw new IllegalArgumentException(
          "jitter (%s) must be shorter than the least time between two of cron \"%s\" (%s)"
              .formatted(cron.jitter(), cron.expression(), gap));
    }
  }

  @Override
  public @Nullable Instant after(Schedule schedule, Instant time) {
    if (schedule instanceof Schedule.Every every) {
      return time.plus(every.interval());
    }
    if (schedule instanceof Schedule.Cron cron) {
      return times(cron).after(time, cron.zone());
    }
    throw new IllegalArgumentException(schedule.toString());
  }

  private CronTimes times(Schedule.Cron cron) {
    return crons.computeIfAbsent(cron.expression(), CronTimes::parse);
  }

  @Override
  public void start(Consumer<String> due) {
    try {
      Scheduler created =
          MemoryScheduler.create(
              "synchronik " + application + " " + UUID.randomUUID(),
              "synchronik-quartz " + application,
              THREADS);
      scheduler = created;
      busy = new BusyThreads();
      created.setJobFactory(new SignalJobFactory(busy.during(context), due));
      created.start();
    } catch (SchedulerException e) {
      throw failure("start", e);
    }
  }

  @Override
  public void repeat(String name, Duration interval, Runnable task) {
    JobKey key = new JobKey(name, ENGINE);
    JobDetail job = JobBuilder.newJob(TaskJob.class).withIdentity(key).build();
    job.getJobDataMap().put(TaskJob.TASK, task);
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(name, ENGINE)
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(interval.toMillis())
                    .repeatForever()
                    .withMisfireHandlingInstructionNextWithRemainingCount())
            .build();
    try {
      running().scheduleJob(job, trigger);
    } catch (SchedulerException e) {
      throw failure("repeat " + name, e);
    }
  }

  /** Alone, as Quartz forgets a job that is disarmed before its trigger is there. */
  @Override
  public synchronized void arm(String unit, Schedule schedule, Instant nextDue) {
    Scheduler current = scheduler;
    if (current == null) {
      return;
    }
    TriggerKey key = new TriggerKey(unit, UNITS);
    Trigger trigger = trigger(key, schedule, nextDue);
    try {
      if (current.checkExists(key)) {
        Trigger armed = current.getTrigger(key);
        if (armed != null && isInLine(armed, trigger, nextDue)) {
          return;
        }
        current.rescheduleJob(key, trigger);
      } else {
        JobDetail job = JobBuilder.newJob(SignalJob.class).withIdentity(unit, UNITS).build();
        current.addJob(job, true, true);
        current.scheduleJob(trigger);
      }
    } catch (SchedulerException e) {
      throw failure("arm " + unit, e);
    }
  }

  /**
   * A trigger of the schedule's kind; a single time where Quartz would take another one for next.
   */
  private static Trigger trigger(TriggerKey key, Schedule schedule, Instant nextDue) {
    TriggerBuilder<Trigger> builder =
        TriggerBuilder.newTrigger()
            .withIdentity(key)
            .forJob(key.getName(), UNITS)
            .startAt(Date.from(nextDue));
    Trigger trigger = builder.withSchedule(kind(schedule)).build();
    Date first = trigger.getFireTimeAfter(Date.from(nextDue.minusMillis(1)));
    return first != null && first.toInstant().equals(nextDue)
        ? trigger
        : builder.withSchedule(once()).build();
  }

  private static TimeZone zone(ZoneId zone) {
    return TimeZone.getTimeZone(zone.normalized());
  }

  private static boolean isInLine(Trigger armed, Trigger wanted, Instant nextDue) {
    Date next = armed.getNextFireTime();
    return next != null
        && next.toInstant().equals(nextDue)
        && armed.getClass().equals(wanted.getClass());
  }

  /** Times that have a random part, or count from an end, are armed one by one. */
  private static ScheduleBuilder<?> kind(Schedule schedule) {
    if (schedule.jitter().isZero()) {
      if (schedule instanceof Schedule.Cron cron
          && CronExpression.isValidExpression(cron.expression())) {
        return CronScheduleBuilder.cronSchedule(cron.expression())
            .inTimeZone(zone(cron.zone()))
            .withMisfireHandlingInstructionDoNothing();
      }
      if (schedule instanceof Schedule.Every every && every.mode() == IntervalMode.FIXED_RATE) {
        return SimpleScheduleBuilder.simpleSchedule()
            .withIntervalInMilliseconds(every.interval().toMillis())
            .repeatForever()
            .withMisfireHandlingInstructionNextWithRemainingCount();
      }
    }
    return once();
  }

  private static SimpleScheduleBuilder once() {
    return SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow();
  }

  @Override
  public synchronized void disarm(String unit) {
    Scheduler current = scheduler;
    if (current != null) {
      try {
        current.deleteJob(new JobKey(unit, UNITS));
      } catch (SchedulerException e) {
        throw failure("disarm " + unit, e);
      }
    }
  }

  @Override
  public void stop(Duration atMost) {
    Scheduler current = scheduler;
    scheduler = null;
    if (current != null) {
      try {
        current.standby();
        boolean idle = busy.end(atMost);
        // It waits for its threads, and for ever when one does not leave its task
        current.shutdown(idle);
      } catch (SchedulerException e) {
        throw failure("stop", e);
      }
    }
  }

  private Scheduler running() {
    Scheduler current = scheduler;
    if (current == null) {
      throw new IllegalStateException("the timers are not started");
    }
    return current;
  }

  private static SynchronikException failure(String what, SchedulerException cause) {
    return new SynchronikException("Quartz could not " + what + ": " + cause.getMessage(), cause);
  }
}
