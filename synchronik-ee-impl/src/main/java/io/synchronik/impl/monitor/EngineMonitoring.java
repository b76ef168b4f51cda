package io.synchronik.impl.monitor;

import io.synchronik.event.JournalEntry;
import io.synchronik.impl.due.Dues;
import io.synchronik.impl.event.RunEvents;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.store.audit.AuditStore;
import io.synchronik.impl.store.monitor.AttemptsStore;
import io.synchronik.impl.store.monitor.FailureStore;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.monitor.AuditEntry;
import io.synchronik.monitor.AuditQuery;
import io.synchronik.monitor.Calendar;
import io.synchronik.monitor.CalendarQuery;
import io.synchronik.monitor.DueQuery;
import io.synchronik.monitor.DueTimes;
import io.synchronik.monitor.Explanations;
import io.synchronik.monitor.FailureQuery;
import io.synchronik.monitor.Monitoring;
import io.synchronik.monitor.RunStatistics;
import io.synchronik.monitor.StatisticsQuery;
import io.synchronik.run.FailureKind;
import io.synchronik.run.OutputLine;
import io.synchronik.run.Page;
import io.synchronik.run.RunAttempt;
import java.time.Instant;
import java.util.List;

/** The public view of the application as a whole. */
public final class EngineMonitoring implements Monitoring {
  private static final int MOST = 1000;

  private final DatabaseClock clock;
  private final Transactions transactions;
  private final RunCounting counting;
  private final RunEvents events;
  private final Explanations why;
  private final Dues dues;
  private final Calendars calendars;
  private final FailureStore failures = new FailureStore();
  private final AuditStore audit = new AuditStore();
  private final AttemptsStore attempts = new AttemptsStore();

  /**
   * What judges due times.
   *
   * @param dues the past ones
   * @param timers the coming ones
   */
  public record Judging(Dues dues, Timers timers) {}

  public EngineMonitoring(
      DatabaseClock clock,
      Transactions transactions,
      RunCounting counting,
      RunEvents events,
      Explanations why,
      Judging judging) {
    this.why = why;
    this.dues = judging.dues;
    this.calendars = new Calendars(transactions, counting, judging.dues, judging.timers);
    this.clock = clock;
    this.transactions = transactions;
    this.counting = counting;
    this.events = events;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public RunStatistics statistics(StatisticsQuery query) {
    return counting.read(query);
  }

  @Override
  public List<FailureKind> failures(FailureQuery query) {
    return transactions.joined(tx -> failures.ofRuns(tx.session(), query));
  }

  @Override
  public DueTimes dues(DueQuery query) {
    return transactions.joined(tx -> dues.of(tx, query));
  }

  @Override
  public Calendar calendar(CalendarQuery query) {
    return calendars.of(query);
  }

  @Override
  public Explanations why() {
    return why;
  }

  @Override
  public Page<AuditEntry> audit(AuditQuery query) {
    return transactions.joined(tx -> audit.list(tx.session(), query));
  }

  @Override
  public List<JournalEntry> events(String run, long after, int limit) {
    requirePage(after, limit);
    return events.of(run, after, limit);
  }

  @Override
  public List<RunAttempt> attempts(String run, long after, int limit) {
    requirePage(after, limit);
    return transactions.joined(tx -> attempts.of(tx.session(), run, after, limit));
  }

  @Override
  public List<OutputLine> output(String run, long claim, long after, int limit) {
    requirePage(after, limit);
    return transactions.joined(tx -> attempts.output(tx.session(), run, claim, after, limit));
  }

  private static void requirePage(long after, int limit) {
    if (after < 0) {
      throw new IllegalArgumentException("after must not be negative: " + after);
    }
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST + ": " + limit);
    }
  }
}
