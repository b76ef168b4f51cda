package io.synchronik.impl.unit;

import io.synchronik.RegistrySnapshot;
import io.synchronik.UnitPage;
import io.synchronik.UnitQuery;
import io.synchronik.UnitView;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitIntents;
import io.synchronik.impl.store.unit.UnitIntents.Intent;
import io.synchronik.impl.store.unit.UnitList;
import io.synchronik.impl.store.unit.UnitRows;
import io.synchronik.process.ProcessConfig;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.WorkerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Units as they are shown: with all that was set of them, also before it is applied. */
public final class Views {
  private static final int MOST_UPCOMING = 5;

  private final Core core;
  private final Timers timers;
  private final UnitRows rows = new UnitRows();
  private final ScheduleStore schedules = new ScheduleStore();
  private final UnitIntents intents = new UnitIntents();
  private final UnitList list = new UnitList();

  public Views(Core core, Timers timers) {
    this.core = core;
    this.timers = timers;
  }

  public Optional<UnitView> find(String id) {
    return core.transactions()
        .joined(
            tx -> {
              // Before the unit: what is applied meanwhile is the same again
              List<Intent> intended = intents.of(tx.session(), List.of(id));
              return rows.find(tx.session(), id)
                  .map(
                      unit ->
                          view(
                              new Seen(
                                  unit,
                                  schedules.of(tx.session(), List.of(id)).stream()
                                      .findFirst()
                                      .orElse(null),
                                  intended),
                              rows.latestDurations(tx.session(), id),
                              tx.now()));
            });
  }

  /**
   * What is known of a unit.
   *
   * @param unit its row
   * @param stand its schedule, as it stands
   * @param intents what is to be applied to both
   */
  private record Seen(UnitEntity unit, ScheduleStore.@Nullable Stand stand, List<Intent> intents) {
    UnitFacts facts() {
      return UnitIntents.foreseen(unit.facts(), intents);
    }
  }

  public List<UnitView> all() {
    return core.transactions().joined(tx -> all(tx.session(), tx.now()));
  }

  /** Only what is on the page is read as a whole. */
  public UnitPage page(UnitQuery query) {
    return core.transactions().joined(tx -> page(tx.session(), query, tx.now()));
  }

  private UnitPage page(Session session, UnitQuery query, Instant now) {
    Map<String, List<Intent>> intended =
        intents.all(session).stream().collect(Collectors.groupingBy(Intent::unit));
    UnitOrder order = new UnitOrder(query.sort());
    List<UnitList.Listed> listed = new ArrayList<>(list.of(session, query, intended.keySet(), now));
    if (!intended.isEmpty()) {
      Map<String, UnitView> foreseen = views(session, intended.keySet(), intended, now);
      listed.removeIf(unit -> !order.takes(query, foreseen.get(unit.id())));
      listed.replaceAll(unit -> order.as(unit, foreseen.get(unit.id())));
    }
    listed.sort(order.comparator());
    List<String> ids =
        listed.stream().skip(query.skip()).limit(query.limit()).map(UnitList.Listed::id).toList();
    Map<String, UnitView> views = views(session, ids, intended, now);
    return new UnitPage(
        ids.stream().map(views::get).filter(Objects::nonNull).toList(), listed.size());
  }

  private Map<String, UnitView> views(
      Session session, Collection<String> ids, Map<String, List<Intent>> intended, Instant now) {
    Map<String, ScheduleStore.Stand> stands = byUnit(schedules.of(session, ids));
    return rows.of(session, ids).stream()
        .map(
            unit ->
                new Seen(unit, stands.get(unit.id()), intended.getOrDefault(unit.id(), List.of())))
        .collect(Collectors.toMap(seen -> seen.unit.id(), seen -> view(seen, List.of(), now)));
  }

  private static Map<String, ScheduleStore.Stand> byUnit(List<ScheduleStore.Stand> stands) {
    return stands.stream()
        .collect(
            Collectors.toMap(
                ScheduleStore.Stand::unit, Function.identity(), (first, second) -> first));
  }

  public RegistrySnapshot snapshot() {
    return core.transactions()
        .joined(
            tx ->
                new RegistrySnapshot(
                    core.settings().identity().application(),
                    core.settings().identity().node(),
                    tx.now(),
                    all(tx.session(), tx.now())));
  }

  private List<UnitView> all(Session session, Instant now) {
    Map<String, List<Intent>> intended =
        intents.all(session).stream().collect(Collectors.groupingBy(Intent::unit));
    Map<String, ScheduleStore.Stand> stands = byUnit(schedules.all(session));
    return rows.all(session).stream()
        .map(
            unit ->
                new Seen(unit, stands.get(unit.id()), intended.getOrDefault(unit.id(), List.of())))
        .map(seen -> view(seen, List.of(), now))
        .toList();
  }

  private UnitView view(Seen seen, List<Duration> latest, Instant now) {
    UnitEntity unit = seen.unit;
    RegisteredUnit known = core.registry().find(unit.id());
    UnitConfig config =
        known == null ? unknown(unit) : core.registry().config(known, unit.configuration());
    UnitEntity.Texts texts = unit.texts();
    UnitFacts facts = seen.facts();
    boolean paused = facts.pausedAt(now);
    return new UnitView(
        new UnitView.Identity(
            new UnitId(unit.id()),
            texts.kind(),
            texts.name(),
            texts.description(),
            texts.implementation(),
            known != null,
            known instanceof RegisteredWorker worker && worker.target().items() != null),
        UnitControls.shown(unit.status(), facts, now),
        new UnitView.Control(
            facts.enabled() && !facts.releasing(),
            paused ? facts.pausedBy() : null,
            paused ? facts.pausedUntil() : null),
        config,
        timing(unit, foreseen(seen)),
        unit.statistics(latest));
  }

  private static UnitConfig unknown(UnitEntity unit) {
    return unit.texts().kind() == UnitKind.PROCESS ? ProcessConfig.DEFAULT : WorkerConfig.DEFAULT;
  }

  private ScheduleStore.@Nullable Stand foreseen(Seen seen) {
    ScheduleStore.Stand stand = seen.stand;
    boolean enabled = seen.facts().enabled();
    if (stand == null || enabled == seen.unit.facts().enabled()) {
      return stand;
    }
    Schedule schedule = enabled ? ScheduleLine.read(stand.expression()) : null;
    Instant at = seen.intents.get(seen.intents.size() - 1).at();
    return stand.withNextDue(schedule == null ? null : UnitSchedules.next(timers, schedule, at));
  }

  private UnitView.Timing timing(UnitEntity unit, ScheduleStore.@Nullable Stand stand) {
    Schedule schedule = stand == null ? null : ScheduleLine.read(stand.expression());
    Instant next = stand == null ? null : stand.nextDue();
    List<Instant> upcoming = new ArrayList<>();
    if (next != null && schedule != null && stand != null) {
      upcoming.add(next);
      Instant nominal = next.minusMillis(stand.jitterMillis());
      upcoming.addAll(UnitSchedules.following(timers, schedule, nominal, MOST_UPCOMING - 1));
    }
    UnitEntity.Last last = unit.last();
    return new UnitView.Timing(
        next,
        upcoming,
        stand == null ? 0 : stand.misfires(),
        last.run(),
        last.startedAt(),
        last.completedAt());
  }
}
