package io.synchronik.impl.why;

import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.impl.store.node.NodeKnowledge;
import io.synchronik.impl.store.run.RunStanding;
import io.synchronik.impl.store.unit.ScheduleStore;
import io.synchronik.impl.store.unit.UnitIntents;
import io.synchronik.impl.store.unit.UnitRows;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.monitor.Why;
import io.synchronik.process.ProcessConfig;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.WorkerConfig;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the engine asks of a unit. */
final class UnitAnswers {
  private static final String NO_RUN = "";

  private final Core core;
  private final UnitRows rows = new UnitRows();
  private final UnitIntents intents = new UnitIntents();
  private final ScheduleStore schedules = new ScheduleStore();
  private final RunStanding runs = new RunStanding();
  private final NodeKnowledge nodes = new NodeKnowledge();

  UnitAnswers(Core core) {
    this.core = core;
  }

  Optional<UnitEntity> find(Tx tx, String unit) {
    return rows.find(tx.session(), unit);
  }

  /** When its schedule runs it. */
  void time(Tx tx, Answers answers, UnitEntity unit) {
    ScheduleStore.Stand stand =
        schedules.of(tx.session(), List.of(unit.id())).stream().findFirst().orElse(null);
    if (stand == null) {
      answers.await(Reason.SCHEDULED, false, Map.of(), null);
      return;
    }
    answers.add(Reason.SCHEDULED, true, Map.of("schedule", shown(stand.expression())));
    Instant due = stand.nextDue();
    if (due == null) {
      answers.await(Reason.AFTER_END, false, Map.of(), null);
    } else {
      answers.await(Reason.DUE, !due.isAfter(tx.now()), Map.of("due", due.toString()), null);
    }
  }

  static String shown(String line) {
    Schedule schedule = ScheduleLine.read(line);
    if (schedule instanceof Schedule.Cron cron) {
      return "cron " + cron.expression() + ", " + cron.zone();
    }
    return schedule instanceof Schedule.Every every
        ? "every " + DurationText.write(every.interval())
        : "one of another version";
  }

  /**
   * Whether a run may start, by the rules of admission.
   *
   * @param run which, or nothing for the next one
   */
  void admission(
      Tx tx,
      Answers answers,
      UnitEntity unit,
      RunStanding.@Nullable Standing run,
      Admission.Candidate candidate) {
    UnitConfig config = config(unit);
    UnitFacts facts =
        UnitIntents.foreseen(unit.facts(), intents.of(tx.session(), List.of(unit.id())))
            .bounded(config.maxRuns(), unit.statistics(List.of()).runs());
    if (candidate.forced()) {
      answers.add(Reason.FORCED, true, Map.of());
    }
    for (Admission.Asked asked : Admission.asked(facts, candidate, config.overlap(), tx.now())) {
      answer(tx, answers, asked, new Asked(unit.id(), run, facts, config.overlap()));
    }
  }

  private record Asked(
      String unit, RunStanding.@Nullable Standing run, UnitFacts facts, Overlap overlap) {}

  private void answer(Tx tx, Answers answers, Admission.Asked asked, Asked about) {
    boolean met = asked.met();
    switch (asked.rule()) {
      case NOT_RELEASED -> answers.add(Reason.NOT_RELEASED, met, Map.of());
      case ENABLED -> answers.add(Reason.ENABLED, met, Map.of());
      case NOT_PAUSED -> answers.add(Reason.NOT_PAUSED, met, met ? Map.of() : pause(about.facts));
      case NONE_IN_PROGRESS ->
          answers.await(
              Reason.NONE_IN_PROGRESS,
              met,
              Map.of("overlap", about.overlap.name().toLowerCase(Locale.ROOT)),
              met ? null : inProgress(tx, about));
      case RUNS_LEFT -> answers.add(Reason.RUNS_LEFT, met, Map.of());
    }
  }

  private static Map<String, String> pause(UnitFacts facts) {
    Instant until = facts.pausedUntil();
    return Map.of(
        "by",
        String.valueOf(facts.pausedBy()),
        "until",
        until == null ? "until it is resumed" : "until " + until);
  }

  private Why.@Nullable Link inProgress(Tx tx, Asked about) {
    String except = about.run == null ? NO_RUN : about.run.asked().id();
    return runs.inProgress(tx.session(), about.unit, except)
        .map(id -> new Why.Link("run", id))
        .orElse(null);
  }

  private UnitConfig config(UnitEntity unit) {
    RegisteredUnit known = core.registry().find(unit.id());
    if (known != null) {
      return core.registry().config(known, unit.configuration());
    }
    return unit.texts().kind() == UnitKind.PROCESS ? ProcessConfig.DEFAULT : WorkerConfig.DEFAULT;
  }

  /** Whether a node could execute it. */
  List<NodeKnowledge.Able> nodes(Tx tx, Answers answers, String unit) {
    List<NodeKnowledge.Able> able = nodes.knowing(tx.session(), unit, tx.databaseTime());
    answers.add(Reason.KNOWN, !able.isEmpty(), Map.of("nodes", names(able)));
    List<NodeKnowledge.Able> taking = able.stream().filter(node -> !node.draining()).toList();
    if (!able.isEmpty()) {
      answers.add(
          Reason.NODE_TAKES_IN,
          !taking.isEmpty(),
          Map.of("nodes", names(taking.isEmpty() ? able : taking)));
    }
    return taking;
  }

  private static String names(List<NodeKnowledge.Able> nodes) {
    return nodes.stream()
        .map(NodeKnowledge.Able::name)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Whether a thread is free, as far as heartbeats tell. */
  void threads(Answers answers, List<NodeKnowledge.Able> able) {
    if (able.isEmpty()) {
      return;
    }
    long workers = able.stream().mapToLong(NodeKnowledge.Able::workers).sum();
    if (able.stream().anyMatch(node -> node.busy() == null)) {
      answers.unknown(Reason.THREAD_FREE, Map.of("workers", Long.toString(workers)));
      return;
    }
    long busy = 0;
    for (NodeKnowledge.Able node : able) {
      Long there = node.busy();
      busy += there == null ? 0 : there;
    }
    answers.await(
        Reason.THREAD_FREE,
        busy < workers,
        Map.of("workers", Long.toString(workers), "free", Long.toString(workers - busy)),
        null);
  }

  boolean isLive(Tx tx, String incarnation) {
    return nodes.isLive(tx.session(), incarnation, tx.databaseTime());
  }
}
