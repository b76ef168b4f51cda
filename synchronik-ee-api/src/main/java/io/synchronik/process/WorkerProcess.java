package io.synchronik.process;

import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.Overlap;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a process by a CDI bean class. Being a stereotype, it makes a class a bean without
 * {@code beans.xml}. The class may implement {@link io.synchronik.event.RunHooks} to hear of the
 * process's runs; a dependent instance lives for one call. Conditions on results, which no
 * annotation can hold, need a producer of a {@link Process} instead.
 *
 * <pre>{@code
 * @WorkerProcess(id = "nightly", cron = "0 30 1 * * ?", steps = {
 *     @Step(worker = Extract.class),
 *     @Step(worker = Validate.class, after = Extract.class),
 *     @Step(id = "publish", after = Validate.class)})
 * public class Nightly {}
 * }</pre>
 *
 * <p>Texts, durations and expressions are those of {@link io.synchronik.worker.Worker}, and each
 * element but {@link #id}, {@link #workers} and {@link #steps} can be overridden in the same way:
 * {@code synchronik.unit."<id>".every}, {@code ….batch-size} and so on. Ids of workers may hold
 * expressions too.
 *
 * <p>Everything wrong with a declaration fails the deployment, with all errors listed.
 */
@Stereotype
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WorkerProcess {
  /** Unique over the application's units: 1 to 128 of letters, digits, {@code . _ - :}. */
  String id();

  /** For people; the id when empty (default). */
  String name() default "";

  /** For people. */
  String description() default "";

  /** Whether schedules run it at first: {@code true} (default) or {@code false}. */
  String enabled() default "true";

  /**
   * The workers by their bean classes, in their order. A class that declares several workers cannot
   * stand here. Not together with {@link #steps}.
   */
  Class<?>[] workers() default {};

  /** The workers in their order, with what they depend on. */
  Step[] steps() default {};

  /**
   * The run mode. It is {@link RunMode#GRAPH} by itself when a step depends on another, and must
   * not be set to anything else then.
   */
  RunMode mode() default RunMode.SEQUENTIAL;

  /** Workers per group, at least 1; used by {@link RunMode#BATCHED}. */
  int batchSize() default 2;

  /** From the end of one worker to the start of the next; used by {@link RunMode#ISOLATED}. */
  String isolationDelay() default "100ms";

  /**
   * What a failed worker means: {@code stop}, {@code continue} or {@code tolerate}; default by the
   * run mode in force.
   */
  String failurePolicy() default "";

  /**
   * The interval, at least 10 ms; {@code off} or {@code disabled} for none. Not together with
   * {@link #cron()}.
   */
  String every() default "";

  /** From what the interval counts. */
  IntervalMode intervalMode() default IntervalMode.FIXED_RATE;

  /** From the first deployment to the first due time; only with {@link #every()}. Default none. */
  String initialDelay() default "";

  /**
   * A cron expression in Quartz syntax, seconds first; {@code off} or {@code disabled} for none.
   */
  String cron() default "";

  /** The time zone of {@link #cron()}, such as {@code Europe/Oslo}; default the JVM's. */
  String zone() default "";

  /**
   * Upper bound of a random delay added to each due time; shorter than the interval, or than the
   * least time between two of the next ten times of {@link #cron()}. Default none.
   */
  String jitter() default "";

  /** What happens to firings that come late. */
  Misfire misfire() default Misfire.FIRE_ONCE;

  /**
   * From when on a firing is late, counted from its due time with jitter. Default (empty): the
   * smaller of 60 s and the interval, or the least time between two of the next ten times of {@link
   * #cron()}, and at least 1 s.
   */
  String misfireThreshold() default "";

  /** What happens when a run should start while another is going on. */
  Overlap overlap() default Overlap.SKIP;

  /**
   * Number of runs after which the process is disabled; 0 means no limit. A bound: runs in progress
   * count when another is to begin, which is skipped where it would be one too many.
   */
  long maxRuns() default 0;

  /** One worker of a process. Named by its class or by its id, one of both. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({})
  @interface Step {
    /** The bean class of the worker. */
    Class<?> worker() default void.class;

    /** The id of the worker. */
    String id() default "";

    /** Bean classes of workers that have to succeed before. */
    Class<?>[] after() default {};

    /** Ids of workers that have to succeed before. */
    String[] afterIds() default {};
  }
}
