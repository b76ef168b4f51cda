package io.synchronik.impl.why;

import io.synchronik.monitor.Why;
import io.synchronik.monitor.Why.Answer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: what is asked, with a sentence for when it is so and one for when it is not; names
 * in braces stand for values.
 */
enum Reason {
  KNOWN("{nodes} has the code of it", "no live node has the code of it"),
  NODE_TAKES_IN("{nodes} takes work in", "every node that has its code is draining: {nodes}"),
  NOT_RELEASED("it is not being released", "it is being released and begins no more runs"),
  ENABLED("it is enabled", "it is disabled"),
  NOT_PAUSED("nobody has paused it", "{by} has paused it, {until}"),
  NONE_IN_PROGRESS(
      "no other run of it is in progress", "a run of it is in progress, and overlap is {overlap}"),
  RUNS_LEFT(
      "maxRuns allows more runs", "as many runs as maxRuns allows have ended or are in progress"),
  FORCED("it is forced: pauses and the like do not count", ""),
  SCHEDULED("its schedule is {schedule}", "it has no schedule: it runs when somebody asks for it"),
  DUE("it was due at {due}", "it is due at {due}"),
  SCHEDULE_THEN("its schedule was {schedule}", "what its schedule was then is not known"),
  NO_SCHEDULE_THEN("", "it had no schedule then"),
  DUE_THEN("it was due", "it was not due at {due}, but next at {next}"),
  DUE_KEPT("", "whether it was due at {due} is not known: its times depend on what came before"),
  ENABLED_THEN("it was enabled", "it was disabled"),
  FIRED("it was fired", "no node has fired it yet"),
  FIRED_IN_TIME(
      "it was fired in time",
      "no node fired it in time: what was due from {first} on was fired at {fired}; by its misfire"
          + " policy {policy} {made}"),
  MADE_UP("it made up for {missed} missed times, by its misfire policy {policy}", ""),
  NOT_RELEASED_THEN("it was not being released", "it was being released"),
  NOT_PAUSED_THEN("nobody had paused it", "{by} had paused it"),
  NONE_IN_PROGRESS_THEN("no other run of it was in progress", "it was skipped: {reason}"),
  RUNS_LEFT_THEN(
      "maxRuns allowed more runs", "as many runs as maxRuns allows had ended or were in progress"),
  KEPT("", "nothing is kept of what became of it"),
  AFTER_END("", "its schedule counts from the end of the run in progress"),
  ADMITTED("it was let in", ""),
  ATTEMPT_DUE("its attempt is due", "attempt {attempt} is due at {due}"),
  THREAD_FREE("{free} of {workers} threads are free", "all {workers} threads are busy"),
  NOT_CANCELLED("nobody wants it cancelled", "{by} wants it cancelled, which its work has to heed"),
  CLAIMED("{node} executes attempt {attempt}", ""),
  LEASE_VALID("the lease of {node} is valid", "{node} has lost its lease: another node takes over"),
  WORK_ENDED("its work has ended", "its work goes on"),
  ITEMS_ENDED("all of its items are final", "not all of its items are final"),
  STEPS_ENDED("all of its steps have ended", "steps that have not ended: {open}"),
  ENDED("it ended {state}", "it ended {state}{reason}"),
  PROCESS_BEGUN("the process has begun", "the process has not begun"),
  STEP_BEFORE("{step} has ended as it had to", "{step} is {state}"),
  CONDITION("its condition let it through", "{step} has ended {state}, which does not lead to it"),
  DELAY_OVER("its delay is over", "its delay ends at {due}"),
  STEP_RUNS("it was begun", "it is {state}{reason}"),
  RUN_OPEN("its run goes on", "its run takes nothing up now: items may still be added"),
  STARTED_BY("", "somebody outside has to start it"),
  ITEM_DUE("it is due", "it is due at {due}"),
  PERMIT_FREE(
      "{used} of {size} permits of {name} are taken", "all {size} permits of {name} are taken"),
  RATE_LEFT("its rate allows more", "its rate allows more at {due}"),
  MUTEX_FREE("nobody works on another item with {mutex}", "an item with {mutex} is worked on"),
  TASK_NOT_PAUSED("it is not paused", "it is paused"),
  NO_PAUSED_BEFORE("no task before it is paused", "task {task} before it is paused"),
  PLACE_FREE(Texts.PLACES, Texts.PLACES),
  TASK_BEGUN("it has a place", "");

  private static final class Texts {
    static final String PLACES =
        "{running} of {places} places are taken, {before} tasks are before it";
  }

  private final String met;
  private final String unmet;

  Reason(String met, String unmet) {
    this.met = met;
    this.unmet = unmet;
  }

  Why.Check check(
      Answer answer, Map<String, String> values, @Nullable Instant since, Why.@Nullable Link link) {
    String text = answer == Answer.MET ? met : unmet;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return new Why.Check(
        name().toLowerCase(Locale.ROOT).replace('_', '-'), answer, text, values, since, link);
  }
}
