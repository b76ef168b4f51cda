package io.synchronik.impl.why;

import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.run.Admissions;
import io.synchronik.impl.store.flow.NetStore;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.impl.store.run.RunStanding;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.monitor.Why;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the engine asks of a run, by the state that this is in. */
final class RunAnswers {
  private final UnitAnswers units;
  private final RunStanding runs = new RunStanding();
  private final NetStore nets = new NetStore();

  RunAnswers(UnitAnswers units) {
    this.units = units;
  }

  void add(Tx tx, Answers answers, RunStanding.Standing run) {
    switch (run.state()) {
      case SUBMITTED -> submitted(tx, answers, run);
      case READY, WAITING -> waiting(tx, answers, run);
      case RUNNING -> running(tx, answers, run);
      case COMPLETED, FAILED, CANCELED, SKIPPED -> ended(answers, run);
    }
  }

  private void submitted(Tx tx, Answers answers, RunStanding.Standing run) {
    RunStore.Submitted asked = run.asked();
    UnitEntity unit = units.find(tx, asked.unit()).orElse(null);
    if (unit != null) {
      Admission.Candidate candidate =
          new Admission.Candidate(
              asked.asked().forced(),
              Admissions.patience(asked),
              runs.waiting(tx.session(), asked.unit(), asked.id()));
      units.admission(tx, answers, unit, run, candidate);
    }
    notCancelled(answers, run);
    units.nodes(tx, answers, asked.unit());
  }

  private void waiting(Tx tx, Answers answers, RunStanding.Standing run) {
    answers.met(Reason.ADMITTED, Map.of(), run.times().submittedAt());
    Instant due = run.times().dueAt();
    if (due != null) {
      answers.await(
          Reason.ATTEMPT_DUE,
          !due.isAfter(tx.now()),
          Map.of("due", due.toString(), "attempt", Integer.toString(run.attempt() + 1)),
          null);
    }
    notCancelled(answers, run);
    units.threads(answers, units.nodes(tx, answers, run.asked().unit()));
  }

  private void running(Tx tx, Answers answers, RunStanding.Standing run) {
    answers.met(Reason.ADMITTED, Map.of(), run.times().submittedAt());
    String holder = run.holder();
    if (holder != null) {
      String node = String.valueOf(run.node());
      answers.met(
          Reason.CLAIMED,
          Map.of("node", node, "attempt", Integer.toString(run.attempt())),
          run.times().startedAt());
      answers.add(
          Reason.LEASE_VALID,
          units.isLive(tx, holder),
          Map.of("node", node),
          null,
          new Why.Link("node", holder));
    }
    notCancelled(answers, run);
    if (run.asked().definition() != null) {
      long open =
          nets.tasks(tx.session(), List.of(run.asked().id())).stream()
              .filter(task -> task.row().state().isActive())
              .count();
      answers.await(Reason.STEPS_ENDED, open == 0, Map.of("open", Long.toString(open)), null);
    } else if (run.items() && holder == null) {
      answers.await(Reason.ITEMS_ENDED, false, Map.of(), null);
    } else {
      answers.await(Reason.WORK_ENDED, false, Map.of(), null);
    }
  }

  private static void notCancelled(Answers answers, RunStanding.Standing run) {
    String by = run.cancelBy();
    answers.add(Reason.NOT_CANCELLED, by == null, by == null ? Map.of() : Map.of("by", by));
  }

  private static void ended(Answers answers, RunStanding.Standing run) {
    answers.add(
        Reason.ENDED,
        run.state() == RunState.COMPLETED,
        Map.of("state", run.state().name().toLowerCase(Locale.ROOT), "reason", reason(run)),
        run.times().endedAt(),
        null);
  }

  private static String reason(RunStanding.Standing run) {
    if (run.reason() != null && !RunStore.PATIENT.equals(run.reason())) {
      return ": " + run.reason();
    }
    if (run.state() != RunState.FAILED || run.failureType() == null) {
      return "";
    }
    String message = run.failureMessage();
    return ": " + run.failureType() + (message == null ? "" : ": " + message);
  }
}
