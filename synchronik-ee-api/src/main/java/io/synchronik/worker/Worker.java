package io.synchronik.worker;

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
 * Declares a worker: a CDI bean class that implements {@link Work} or {@link Action}, or a method
 * of any bean. Being a stereotype, it makes a class a bean without {@code beans.xml}; the scope is
 * {@code @Dependent} unless the class has another, and a dependent instance lives for one attempt.
 *
 * <p>A method may have any access but private, must be neither static nor final, and may return
 * what {@link Work} may. Its parameters are injected; a {@link RunContext} is the run's.
 *
 * <p>Durations are ISO-8601 ({@code PT15M}) or a number with {@code ms}, {@code s}, {@code m},
 * {@code h} or {@code d}. All texts may hold expressions, {@code ${key}} or {@code ${key:default}},
 *
 * <p>read from MicroProfile Config at deployment; a default may hold expressions and pairs of
 * braces. Each element but {@code id} can be overridden there: {@code
 * synchronik.unit."<id>".every}, {@code ….max-retries} and so on.
 *
 * <p>Everything wrong with a declaration fails the deployment, with all errors listed.
 */
@Stereotype
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Worker {
  /** Unique over the application's units: 1 to 128 of letters, digits, {@code . _ - :}. */
  String id();

  /** For people; the id when empty (default). */
  String name() default "";

  /** For people. */
  String description() default "";

  /** Whether schedules run it at first: {@code true} (default) or {@code false}. */
  String enabled() default "true";

  /**
   * The interval, at least 10 ms; {@code off} or {@code disabled} for none. Not together with
   * {@link #cron()}.
   */
  String every() default "";

  /** From what the interval counts. */
  IntervalMode mode() default IntervalMode.FIXED_RATE;

  /**
   * From the first deployment to the first due time; an error beside {@link #cron()}. Default none.
   */
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

  /** Attempts after the first, not negative. */
  int maxRetries() default 0;

  /** Delay before the first retry; default none. */
  String retryDelay() default "";

  /** By which the delay grows for each further retry, at least 1. */
  double retryFactor() default 1.0;

  /** Upper bound of one delay; default one hour. */
  String retryMaxDelay() default "";

  /** Random share of each delay added to it, 0 to 1. */
  double retryJitter() default 0;

  /** What becomes of a run whose node is lost while an attempt is under way. */
  NodeLoss onNodeLoss() default NodeLoss.RETRY;

  /** After which an attempt is interrupted and counts as failed; default none. */
  String timeout() default "";

  /**
   * Number of runs after which the unit is disabled; 0 means no limit. A bound: runs in progress
   * count when another is to begin, which is skipped where it would be one too many. Forced runs
   * and parts of processes begin all the same.
   */
  long maxRuns() default 0;

  /** Calls for items at once over all nodes, 1 to 10,000; 0 means no limit. */
  int concurrency() default 0;

  /** Calls for items at once on each node, 1 to 10,000; 0 means no limit. */
  int nodeConcurrency() default 0;

  /**
   * The queue of its items: calls for items of all workers with the same one share a limit over all
   * nodes, the setting {@code synchronik.queue."<name>"}, by default 1. Default none.
   */
  String queue() default "";

  /**
   * Items that may begin within a time, over all nodes: a number, {@code /} and a duration, such as
   * {@code 100/1m}. Default no limit.
   */
  String rate() default "";

  /**
   * For how long the key of an item is unique among all runs of this worker, counted from when the
   * item was added: another run's item with the same key is passed over meanwhile. A key is free
   * before its time when its item failed for good or was withdrawn. At most 3,650 days. Default:
   * keys are unique within their run alone.
   */
  String uniqueFor() default "";
}
