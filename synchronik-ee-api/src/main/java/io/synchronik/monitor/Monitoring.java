package io.synchronik.monitor;

import io.synchronik.event.JournalEntry;
import io.synchronik.run.FailureKind;
import io.synchronik.run.OutputLine;
import io.synchronik.run.Page;
import io.synchronik.run.RunAttempt;
import java.time.Instant;
import java.util.List;

/**
 * Tells about the application as a whole, whatever node is asked. Safe for use by several threads.
 * Each call reads in the caller's transaction when there is one, and changes nothing.
 */
public interface Monitoring {
  /** Returns the database's time, which all times of the engine are. */
  Instant now();

  /**
   * Counts what happened to runs in a span of time, from the journal: each event once, some seconds
   * after its commit. Counts of five minutes are kept for 8 days, those of hours for 400.
   */
  RunStatistics statistics(StatisticsQuery query);

  /**
   * Returns the kinds of failures of runs that failed in a span of time, those that happened last
   * first. A run of a process counts beside the runs of its workers.
   */
  List<FailureKind> failures(FailureQuery query);

  /**
   * Lists what people did, newest first: each command over HTTP, and calls in code but for those
   * that applications make all day (they ask for runs, add and work on items and tasks, announce
   * milestones). An entry is committed with the change that it is about, and kept as long as {@code
   * synchronik.retention.audit} says.
   */
  Page<AuditEntry> audit(AuditQuery query);

  /**
   * Returns what the journal has of one run, in the order of its positions: what happened less than
   * about a second ago may not have one yet.
   *
   * @param run id of the run
   * @param after only events behind this position; 0 for all
   * @param limit 1 to 1,000
   * @return empty when nobody knows the run, or its events are no longer kept
   * @throws IllegalArgumentException when a number is out of its range
   */
  List<JournalEntry> events(String run, long after, int limit);

  /**
   * Returns the attempts of a run that are kept, in their order, with the one that goes on. They
   * are kept as long as their run, but for those before the latest 1,000 of a run that is tried
   * again and again. A claim that is taken from a lost node ends when that is done.
   *
   * @param run id of the run
   * @param after only attempts whose {@link RunAttempt#claim} is larger; 0 for all
   * @param limit 1 to 1,000
   * @return empty when nobody knows the run, it has not begun, or it is one of a process
   * @throws IllegalArgumentException when a number is out of its range
   */
  List<RunAttempt> attempts(String run, long after, int limit);

  /**
   * Returns what an attempt has said and logged, as far as {@code synchronik.unit."<id>".log} says
   * that it is kept, and as long as the attempt is. What one that goes on says is there about a
   * second later. Kept are the first 500 lines, up to 32,768 characters of them, and of an attempt
   * that says more as many of the last ones, once it has ended; a line is cut at 4,000 characters.
   *
   * @param run id of the run
   * @param claim which attempt: {@link RunAttempt#claim}
   * @param after only lines with a larger number; 0 for all
   * @param limit 1 to 1,000
   * @return in their order; numbers that are missing were left out
   * @throws IllegalArgumentException when a number is out of its range
   */
  List<OutputLine> output(String run, long claim, long after, int limit);

  /**
   * Tells what became of the due times of a unit's schedule, and which are to come: by its runs,
   * its misfires and what its schedule was, as far as these are kept.
   *
   * @throws io.synchronik.run.UnknownUnitException if there is no such unit
   */
  DueTimes dues(DueQuery query);

  /**
   * Counts the starts of runs by time, past and coming. Those of all units are counted as {@link
   * #statistics} does; those of one unit by the runs that are kept.
   *
   * @throws io.synchronik.run.UnknownUnitException if one unit is asked for and there is no such
   */
  Calendar calendar(CalendarQuery query);

  /** Returns what tells why something runs, waits or does not run. */
  Explanations why();
}
