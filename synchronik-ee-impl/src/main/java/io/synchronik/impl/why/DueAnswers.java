package io.synchronik.impl.why;

import io.synchronik.impl.due.Dues;
import io.synchronik.impl.due.Missed;
import io.synchronik.impl.due.Past;
import io.synchronik.impl.lifecycle.AdmissionRule;
import io.synchronik.impl.store.audit.AuditStore;
import io.synchronik.impl.store.jdbc.UlidRange;
import io.synchronik.impl.store.monitor.DueStore;
import io.synchronik.impl.store.run.RunStanding;
import io.synchronik.impl.tx.Tx;
import io.synchronik.monitor.AuditEntry;
import io.synchronik.monitor.AuditQuery;
import io.synchronik.monitor.DueTime;
import io.synchronik.monitor.DueVerdict;
import io.synchronik.monitor.Why;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the engine has asked of a due time, by what is kept of it. */
final class DueAnswers {
  private static final int FEW = 50;
  private static final Set<String> RESUMING = Set.of("resume", "status");

  private final Dues dues;
  private final RunAnswers runs;
  private final RunStanding standings = new RunStanding();
  private final DueStore store = new DueStore();
  private final AuditStore audit = new AuditStore();

  DueAnswers(Dues dues, RunAnswers runs) {
    this.dues = dues;
    this.runs = runs;
  }

  /** Returns whether the time is to come, so that it stands with the unit as it is now. */
  boolean add(Tx tx, Answers answers, String unit, Instant at) {
    Dues.Judged judged = dues.at(tx, unit, at);
    DueTime due = judged.due();
    schedule(answers, judged);
    if (due == null) {
      notDue(answers, judged, at);
      return false;
    }
    answers.await(Reason.DUE, !at.isAfter(tx.now()), Map.of("due", at.toString()), null);
    switch (due.verdict()) {
      case RAN, SKIPPED, PAUSED -> fired(tx, answers, unit, judged, due);
      case DISABLED -> disabled(tx, answers, unit, judged, due);
      case MISFIRED -> {
        enabled(answers, judged);
        missed(answers, judged.missed());
      }
      case DUE -> answers.await(Reason.FIRED, false, Map.of(), null);
      case UNKNOWN -> {
        enabled(answers, judged);
        answers.unknown(Reason.KEPT, Map.of());
      }
      case COMING -> {
        return true;
      }
    }
    return due.verdict() == DueVerdict.DUE;
  }

  private static void schedule(Answers answers, Dues.Judged judged) {
    Past.Span span = judged.span();
    if (span == null) {
      answers.unknown(Reason.SCHEDULE_THEN, Map.of());
      return;
    }
    String text = span.expression().isEmpty() ? "" : UnitAnswers.shown(span.expression());
    answers.add(
        text.isEmpty() ? Reason.NO_SCHEDULE_THEN : Reason.SCHEDULE_THEN,
        !text.isEmpty(),
        Map.of("schedule", text),
        span.from(),
        null);
  }

  private static void notDue(Answers answers, Dues.Judged judged, Instant at) {
    Schedule schedule = judged.schedule();
    Instant next = judged.next();
    if (schedule instanceof Schedule.Cron) {
      answers.add(
          Reason.DUE_THEN,
          false,
          Map.of("due", at.toString(), "next", next == null ? "never again" : next.toString()));
    } else if (judged.span() != null) {
      enabled(answers, judged);
      if (schedule != null) {
        answers.unknown(Reason.DUE_KEPT, Map.of("due", at.toString()));
      }
    } else {
      answers.unknown(Reason.DUE_KEPT, Map.of("due", at.toString()));
    }
  }

  private static void enabled(Answers answers, Dues.Judged judged) {
    Past.Span span = judged.span();
    if (span != null) {
      answers.add(Reason.ENABLED_THEN, span.enabled(), Map.of(), span.from(), null);
    }
  }

  private void disabled(Tx tx, Answers answers, String unit, Dues.Judged judged, DueTime due) {
    if (due.run() == null) {
      enabled(answers, judged);
    } else {
      fired(tx, answers, unit, judged, due);
    }
  }

  private static void missed(Answers answers, @Nullable Missed missed) {
    if (missed == null) {
      answers.unknown(Reason.KEPT, Map.of());
      return;
    }
    answers.add(
        Reason.FIRED_IN_TIME,
        false,
        Map.of(
            "first",
            missed.first().toString(),
            "fired",
            missed.firedAt().toString(),
            "policy",
            missed.policyText(),
            "made",
            missed.made()),
        missed.first(),
        null);
  }

  /** A run was made of it, if only to be skipped. */
  private void fired(Tx tx, Answers answers, String unit, Dues.Judged judged, DueTime due) {
    DueTime.DueRun made = due.run();
    RunStanding.Standing run =
        made == null ? null : standings.find(tx.session(), made.id()).orElse(null);
    if (run == null) {
      return;
    }
    Missed missed = judged.missed();
    Why.Link link = new Why.Link("run", run.asked().id());
    if (missed == null) {
      answers.add(Reason.FIRED, true, Map.of(), run.times().submittedAt(), link);
    } else {
      answers.add(
          Reason.MADE_UP,
          true,
          Map.of("missed", Long.toString(missed.count()), "policy", missed.policyText()),
          missed.firedAt(),
          link);
    }
    if (run.state() == RunState.SKIPPED) {
      rules(tx, answers, unit, run);
    } else {
      runs.add(tx, answers, run);
    }
  }

  /** Those before the rule that was not met were met; those after it nobody has asked. */
  private void rules(Tx tx, Answers answers, String unit, RunStanding.Standing run) {
    String reason = String.valueOf(run.reason());
    Optional<AdmissionRule> behind = AdmissionRule.behind(reason);
    if (behind.isPresent()) {
      for (AdmissionRule rule : AdmissionRule.values()) {
        boolean met = rule != behind.get();
        rule(tx, answers, unit, run, rule, met);
        if (!met) {
          break;
        }
      }
    }
    runs.add(tx, answers, run);
  }

  private void rule(
      Tx tx,
      Answers answers,
      String unit,
      RunStanding.Standing run,
      AdmissionRule rule,
      boolean met) {
    String reason = String.valueOf(run.reason());
    Instant at = run.times().submittedAt();
    switch (rule) {
      case NOT_RELEASED -> answers.add(Reason.NOT_RELEASED_THEN, met, Map.of());
      case ENABLED -> answers.add(Reason.ENABLED_THEN, met, Map.of());
      case NOT_PAUSED ->
          answers.add(
              Reason.NOT_PAUSED_THEN,
              met,
              met ? Map.of() : Map.of("by", AdmissionRule.pausedBy(reason)),
              met ? null : pausedSince(tx, unit, at),
              null);
      case NONE_IN_PROGRESS ->
          answers.add(
              Reason.NONE_IN_PROGRESS_THEN,
              met,
              Map.of("reason", reason),
              null,
              met ? null : inProgress(tx, unit, run.asked().id(), at));
      case RUNS_LEFT -> answers.add(Reason.RUNS_LEFT_THEN, met, Map.of());
    }
  }

  private Why.@Nullable Link inProgress(Tx tx, String unit, String run, Instant at) {
    return store
        .inProgressAt(tx.session(), unit, run, at)
        .map(id -> new Why.Link("run", id))
        .orElse(null);
  }

  /** As far as somebody paused just this unit; null where all or many were paused. */
  private @Nullable Instant pausedSince(Tx tx, String unit, Instant at) {
    AuditQuery query =
        AuditQuery.LATEST.of(unit).before(UlidRange.from(at.plus(Duration.ofMillis(1)))).limit(FEW);
    for (AuditEntry entry : audit.list(tx.session(), query).items()) {
      String action = entry.what().action();
      if (action.equals("pause")) {
        return entry.at();
      }
      if (RESUMING.contains(action)) {
        return null;
      }
    }
    return null;
  }
}
