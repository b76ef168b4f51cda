package io.synchronik.impl.monitor;

import io.synchronik.impl.due.Coming;
import io.synchronik.impl.due.Dues;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.Times;
import io.synchronik.impl.store.monitor.DueStore;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.monitor.Calendar;
import io.synchronik.monitor.CalendarQuery;
import io.synchronik.monitor.RunStatistics;
import io.synchronik.monitor.StatisticsQuery;
import io.synchronik.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Past and coming starts by time; built once for all who ask for the same within a second. */
final class Calendars {
  private static final int MOST = 100_000;
  private static final int MOST_KEPT = 20;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What takes long to build is kept longer: a twentieth of a processor at most is at it. */
  private static final int KEPT_TIMES = 20;

  private final Transactions transactions;
  private final RunCounting counting;
  private final Dues dues;
  private final Coming coming;
  private final DueStore store = new DueStore();
  private final Map<CalendarQuery, Built> built = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  private static final long LONGEST_WAIT_SECONDS = 5;

  private record Built(long beganNanos, Calendar calendar, long atNanos) {
    boolean isOld(long now) {
      return now - atNanos > Math.max(KEPT_NANOS, (atNanos - beganNanos) * KEPT_TIMES);
    }
  }

  Calendars(Transactions transactions, RunCounting counting, Dues dues, Timers timers) {
    this.transactions = transactions;
    this.counting = counting;
    this.dues = dues;
    this.coming = new Coming(timers, MOST);
  }

  Calendar of(CalendarQuery asked) {
    if (transactions.current() != null || !isMyTurn()) {
      return build(asked);
    }
    try {
      forgetOld();
      CalendarQuery query = whole(asked);
      Built known = built.get(query);
      if (known == null) {
        long began = System.nanoTime();
        known = new Built(began, build(query), System.nanoTime());
        built.put(query, known);
      }
      return known.calendar;
    } finally {
      lock.unlock();
    }
  }

  /** One who waits for long builds alone. */
  private boolean isMyTurn() {
    try {
      return lock.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void forgetOld() {
    long now = System.nanoTime();
    built.values().removeIf(one -> one.isOld(now));
    Iterator<Built> all = built.values().iterator();
    while (built.size() >= MOST_KEPT && all.hasNext()) {
      all.next();
      all.remove();
    }
  }

  /** Who asks a moment later asks for the same. */
  private static CalendarQuery whole(CalendarQuery asked) {
    long length = asked.interval().toSeconds();
    Instant from = RunCounting.begin(asked.from(), length);
    Instant to = RunCounting.begin(asked.to().plusSeconds(length).minusNanos(1), length);
    long most = StatisticsQuery.MOST_INTERVALS;
    return Duration.between(from, to).toSeconds() / length >= most
        ? asked
        : new CalendarQuery(from, to, asked.interval(), asked.unit());
  }

  private static final class Sum {
    private long started;
    private long failed;
    private long misfired;
    private long coming;
  }

  /** What the tables tell. */
  private record Read(
      Instant now,
      Duration interval,
      Map<Instant, Sum> sums,
      @Nullable Instant countedFrom,
      List<ScheduleStore.Ahead> ahead) {}

  /** What takes long is computed outside the transaction. */
  private Calendar build(CalendarQuery query) {
    Read read = transactions.joined(tx -> read(tx, query));
    Coming.Counted ahead = coming(read, Times.within(query.from()), Times.within(query.to()));
    List<Calendar.Interval> intervals = new ArrayList<>();
    read.sums.forEach(
        (at, sum) ->
            intervals.add(
                new Calendar.Interval(at, sum.started, sum.failed, sum.misfired, sum.coming)));
    return new Calendar(read.now, read.interval, intervals, ahead.computedTo(), read.countedFrom);
  }

  private Read read(Tx tx, CalendarQuery query) {
    Instant now = tx.now();
    Map<Instant, Sum> sums = new TreeMap<>();
    Instant from = Times.within(query.from());
    Instant to = Times.within(query.to());
    Instant end = to.isAfter(now) ? now.plusMillis(1) : to;
    Duration length = query.interval();
    Instant countedFrom = null;
    String unit = query.unit();
    if (from.isBefore(end)) {
      if (unit == null) {
        length = addAll(tx, new StatisticsQuery(from, end, length), sums);
      } else {
        countedFrom = addUnit(tx, query, unit, end, sums);
      }
    }
    return new Read(now, length, sums, countedFrom, dues.ahead(tx, unit));
  }

  private Duration addAll(Tx tx, StatisticsQuery query, Map<Instant, Sum> sums) {
    RunStatistics statistics = counting.read(tx, query);
    for (RunStatistics.Interval one : statistics.intervals()) {
      Sum sum = sums.computeIfAbsent(one.from(), at -> new Sum());
      sum.started = one.counts().started();
      sum.failed = one.counts().ends().failed();
      sum.misfired = one.counts().misfired();
    }
    return statistics.interval();
  }

  /** Returns where it is cut off; null when all is counted. */
  private @Nullable Instant addUnit(
      Tx tx, CalendarQuery query, String unit, Instant end, Map<Instant, Sum> sums) {
    long length = query.interval().toSeconds();
    Instant from = RunCounting.begin(Times.within(query.from()), length);
    List<DueStore.Begun> begun = store.begun(tx.session(), unit, from, end, MOST);
    for (DueStore.Begun run : begun) {
      at(sums, run.at(), length).started++;
      Instant ended = run.endedAt();
      if (run.state() == RunState.FAILED && ended != null && ended.isBefore(end)) {
        at(sums, ended, length).failed++;
      }
    }
    for (DueStore.Misfire misfire : store.misfires(tx.session(), unit, from, end, MOST)) {
      at(sums, misfire.at(), length).misfired += counting.missed(misfire.data());
    }
    return begun.size() < MOST ? null : begun.get(begun.size() - 1).at();
  }

  private static Sum at(Map<Instant, Sum> sums, Instant time, long length) {
    return sums.computeIfAbsent(RunCounting.begin(time, length), at -> new Sum());
  }

  private Coming.Counted coming(Read read, Instant from, Instant to) {
    long length = read.interval.toSeconds();
    Instant first = RunCounting.begin(from.isBefore(read.now) ? read.now : from, length);
    long count = Math.max(0, -Math.floorDiv(-Duration.between(first, to).toSeconds(), length));
    Coming.Buckets buckets = new Coming.Buckets(first, length, (int) count);
    Coming.Counted counted = coming.count(read.ahead, read.now, buckets);
    long[] starts = counted.starts();
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] > 0) {
        at(read.sums, first.plusSeconds(i * length), length).coming = starts[i];
      }
    }
    return counted;
  }
}
