package io.synchronik.impl.due;

import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.settings.Times;
import io.synchronik.impl.store.monitor.DueStore;
import io.synchronik.impl.store.unit.ScheduleChanges;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.monitor.DueQuery;
import io.synchronik.monitor.DueTime;
import io.synchronik.monitor.DueTimes;
import io.synchronik.monitor.DueVerdict;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.schedule.Misfire;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Judges due times by what is kept of them. */
public final class Dues {
  private static final int LONGEST_QUOTE = 100;

  /** Of misfires that were announced after a time: the first may be about earlier ones. */
  private static final int FEW = 10;

  /** Databases keep microseconds. */
  private static final Duration MOMENT = Duration.ofNanos(1000);

  private final Sequence sequence;
  private final Json json;
  private final ScheduleStore schedules = new ScheduleStore();
  private final ScheduleChanges changes = new ScheduleChanges();
  private final UnitStore units = new UnitStore();
  private final DueStore store = new DueStore();

  public Dues(Timers timers, Json json) {
    this.sequence = new Sequence(timers);
    this.json = json;
  }

  /**
   * What is known of one time.
   *
   * @param due the due time; null when it is none, as far as is known
   * @param span how its schedule stood; null when that is not known
   * @param schedule what its schedule was; null for none, or when that is not known
   * @param missed the misfire that it was part of; null for none
   * @param next the due time that follows on it; null when that is not known
   */
  public record Judged(
      @Nullable DueTime due,
      Past.@Nullable Span span,
      @Nullable Schedule schedule,
      @Nullable Missed missed,
      @Nullable Instant next) {}

  /** Judges the due times of a span. */
  public DueTimes of(Tx tx, DueQuery query) {
    DueUnit unit = unit(tx, query.unit());
    Instant from = Times.within(query.from());
    Instant to = Times.within(query.to());
    List<DueTime> first = new ArrayList<>(found(tx, unit, from, to, query.limit() + 1).values());
    boolean more = first.size() > query.limit();
    return new DueTimes(
        more ? first.subList(0, query.limit()) : first,
        unit.past().knownFrom(),
        more ? first.get(query.limit()).at() : null);
  }

  /** Judges one time. */
  public Judged at(Tx tx, String id, Instant asked) {
    Instant at = Times.within(asked);
    DueUnit unit = unit(tx, id);
    Map<Instant, DueTime> found = found(tx, unit, at, at.plus(MOMENT), 1);
    Past.Span span = unit.past().at(at);
    Schedule schedule = span == null ? null : span.schedule();
    return new Judged(
        found.values().stream().findFirst().orElse(null),
        span,
        schedule,
        missed(tx, unit, at, FEW).stream()
            .filter(it -> !it.first().isAfter(at) && !it.firedAt().isBefore(at))
            .findFirst()
            .orElse(null),
        schedule instanceof Schedule.Cron ? sequence.cron(schedule, at.plus(MOMENT)) : null);
  }

  /**
   * Returns the schedules of units that are enabled.
   *
   * @param unit of this unit alone; null for all
   */
  public List<ScheduleStore.Ahead> ahead(Tx tx, @Nullable String unit) {
    if (unit != null) {
      facts(tx, unit);
    }
    return schedules.ahead(tx.session(), unit);
  }

  private UnitFacts facts(Tx tx, String id) {
    UnitFacts facts = units.peek(tx.session(), id);
    if (facts == null) {
      throw new UnknownUnitException(Message.UNKNOWN_UNIT.with(Texts.told(id, LONGEST_QUOTE)));
    }
    return facts;
  }

  private DueUnit unit(Tx tx, String id) {
    UnitFacts facts = facts(tx, id);
    ScheduleStore.Stand stand =
        schedules.of(tx.session(), List.of(id)).stream().findFirst().orElse(null);
    return new DueUnit(
        id,
        tx.now(),
        facts,
        stand,
        Past.of(changes.latest(tx.session(), id), DueUnit.expression(stand), facts.enabled()));
  }

  /** What is surer comes later, and takes the place of what is there. */
  private Map<Instant, DueTime> found(Tx tx, DueUnit unit, Instant from, Instant to, int most) {
    TreeMap<Instant, DueTime> found = new TreeMap<>();
    before(unit, from, to, most).forEach(due -> found.put(due.at(), due));
    coming(unit, from, to, most).forEach(due -> found.put(due.at(), due));
    List<Missed> misfires = missed(tx, unit, from, Math.max(most, FEW));
    for (Missed missed : misfires) {
      for (Instant at : times(unit, missed, from, to, most)) {
        found.put(at, new DueTime(at, DueVerdict.MISFIRED, null, missed.made()));
      }
    }
    for (DueStore.Made made : store.made(tx.session(), unit.id(), from, to, most)) {
      DueTime due = found.get(made.scheduledAt());
      boolean late = due != null && due.verdict() == DueVerdict.MISFIRED;
      found.put(made.scheduledAt(), Verdicts.of(made, late));
    }
    while (found.size() > most) {
      found.pollLastEntry();
    }
    return found;
  }

  /** What was due by expressions of which it is known when they were in force. */
  private List<DueTime> before(DueUnit unit, Instant from, Instant to, int most) {
    List<DueTime> times = new ArrayList<>();
    for (Past.Span span : unit.past().spans()) {
      Instant end = earlier(to, span.to() == null ? unit.now() : span.to());
      Instant begin = later(from, span.from());
      if (begin.isBefore(end)
          && times.size() < most
          && span.schedule() instanceof Schedule.Cron cron) {
        Instant first = sequence.cron(cron, begin);
        if (first != null) {
          sequence
              .from(cron, first, begin, end, most - times.size())
              .forEach(at -> times.add(Verdicts.ofNothing(at, span.enabled())));
        }
      }
    }
    return times;
  }

  /** What is due by the schedule as it stands. */
  private List<DueTime> coming(DueUnit unit, Instant from, Instant to, int most) {
    Schedule schedule = unit.schedule();
    Instant next = unit.next();
    if (schedule == null) {
      return List.of();
    }
    boolean enabled = unit.facts().enabled();
    if (next == null || !enabled) {
      Instant begin = later(from, unit.now());
      return enabled || !(schedule instanceof Schedule.Cron)
          ? List.of()
          : sequence.from(schedule, begin, begin.plusNanos(1), to, most).stream()
              .map(at -> Verdicts.ofNothing(at, false))
              .toList();
    }
    List<Instant> times =
        unit.isOneByOne()
            ? List.of(next).stream().filter(it -> !it.isBefore(from) && it.isBefore(to)).toList()
            : sequence.from(schedule, next, from, to, most);
    return times.stream().map(at -> Verdicts.ahead(at, unit)).toList();
  }

  private List<Missed> missed(Tx tx, DueUnit unit, Instant from, int most) {
    return store.misfires(tx.session(), unit.id(), from, later(from, unit.now()), most).stream()
        .map(this::read)
        .toList();
  }

  private Missed read(DueStore.Misfire misfire) {
    Map<String, Object> data = json.readMap(misfire.data());
    return new Missed(
        Instant.parse(String.valueOf(data.get("scheduledAt"))),
        misfire.at(),
        data.get("missed") instanceof Number number ? number.longValue() : 1,
        Misfire.valueOf(String.valueOf(data.get("policy"))));
  }

  /** Returns the times of a misfire; the first alone where nobody knows what followed on it. */
  private List<Instant> times(DueUnit unit, Missed missed, Instant from, Instant to, int most) {
    Past.Span span = unit.past().at(missed.first());
    Schedule schedule = span == null ? null : span.schedule();
    if (schedule == null || missed.count() == 1) {
      return isIn(missed.first(), from, to) ? List.of(missed.first()) : List.of();
    }
    Instant over = missed.firedAt().minus(schedule.jitter()).plusNanos(1);
    return sequence.from(
        schedule, missed.first(), later(from, missed.first()), earlier(to, over), most);
  }

  private static boolean isIn(Instant time, Instant from, Instant to) {
    return !time.isBefore(from) && time.isBefore(to);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
