package io.synchronik.impl.monitor;

import io.synchronik.impl.settings.Times;
import io.synchronik.impl.store.monitor.StatStore;
import io.synchronik.impl.store.node.LockStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.monitor.RunCounts;
import io.synchronik.monitor.RunStatistics;
import io.synchronik.monitor.StatisticsQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the journal tells of runs. The position up to which it is counted stands in a lock
 * row and moves with the counts, so that each event counts once, whoever counts it.
 */
public final class RunCounting {
  private static final int POSITIONS = 5000;
  private static final int MOST_BITES = 20;

  private final Transactions transactions;
  private final Json json;
  private final StatStore stats = new StatStore();
  private final LockStore locks = new LockStore();

  public RunCounting(Transactions transactions, Json json) {
    this.transactions = transactions;
    this.json = json;
  }

  /** Counts what has been numbered, in bites, unless another node does so now. */
  public void count() {
    for (int bite = 0; bite < MOST_BITES && transactions.own(this::countSome); bite++) {
      // As long as there is more
    }
  }

  private boolean countSome(Tx tx) {
    long last = locks.value(tx.session(), LockStore.JOURNAL);
    if (locks.value(tx.session(), LockStore.STATISTICS) == last) {
      return false;
    }
    OptionalLong locked = locks.tryLock(tx.session(), LockStore.STATISTICS);
    if (locked.isEmpty()) {
      return false;
    }
    long from = locked.getAsLong();
    long to = Math.min(last, from + POSITIONS);
    if (to <= from) {
      return false;
    }
    Tally tally = new Tally(this::missed);
    List<Optional<String>> tallies = stats.tallies(tx.session(), from, to);
    tallies.forEach(text -> text.ifPresent(tally::add));
    if (tallies.stream().anyMatch(Optional::isEmpty)) {
      stats.told(tx.session(), from, to).forEach(tally::add);
    }
    tally.sums().forEach((key, counts) -> stats.add(tx.session(), key, counts));
    locks.set(tx.session(), LockStore.STATISTICS, to);
    return to < last;
  }

  /** Returns how many due times the data of a misfire tells of. */
  long missed(@Nullable String data) {
    return data != null && json.readMap(data).get("missed") instanceof Number number
        ? number.longValue()
        : 1;
  }

  /** Returns what was counted. */
  public RunStatistics read(StatisticsQuery query) {
    return transactions.joined(tx -> read(tx, query));
  }

  RunStatistics read(Tx tx, StatisticsQuery query) {
    boolean old = query.from().isBefore(tx.now().minus(StatStore.SHORT_KEPT));
    long asked = query.interval().toSeconds();
    long length = old ? (asked + StatStore.LONG - 1) / StatStore.LONG * StatStore.LONG : asked;
    Instant from = begin(Times.within(query.from()), length);
    Map<Instant, RunCounts> sums = new TreeMap<>();
    RunCounts total = RunCounts.NONE;
    int seconds = length % StatStore.LONG == 0 ? StatStore.LONG : StatStore.SHORT;
    for (StatStore.Row row : stats.rows(tx.session(), seconds, from, Times.within(query.to()))) {
      sums.merge(begin(row.bucket(), length), row.counts(), RunCounts::plus);
      total = total.plus(row.counts());
    }
    List<RunStatistics.Interval> intervals = new ArrayList<>();
    sums.forEach((at, counts) -> intervals.add(new RunStatistics.Interval(at, counts)));
    return new RunStatistics(Duration.ofSeconds(length), intervals, total);
  }

  static Instant begin(Instant at, long length) {
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), length) * length);
  }
}
