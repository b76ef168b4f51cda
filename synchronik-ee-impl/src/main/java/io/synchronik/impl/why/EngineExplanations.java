package io.synchronik.impl.why;

import io.synchronik.impl.due.Dues;
import io.synchronik.impl.lifecycle.Admission;
import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.impl.store.node.NodeKnowledge;
import io.synchronik.impl.store.run.RunStanding;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.item.UnknownItemException;
import io.synchronik.monitor.Explanations;
import io.synchronik.monitor.Why;
import io.synchronik.pool.UnknownTaskException;
import io.synchronik.run.ItemId;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The public explanations on an engine. */
public final class EngineExplanations implements Explanations {
  private static final int LONGEST_QUOTE = 100;

  private final Core core;
  private final ProcessModels models;
  private final UnitAnswers units;
  private final RunAnswers runs;
  private final StepAnswers steps;
  private final ItemAnswers items;
  private final TaskAnswers tasks;
  private final DueAnswers dues;
  private final RunStanding standings = new RunStanding();

  public EngineExplanations(Core core, ProcessModels models, Dues judged) {
    this.core = core;
    this.models = models;
    this.units = new UnitAnswers(core);
    this.runs = new RunAnswers(units);
    this.steps = new StepAnswers(runs);
    this.items = new ItemAnswers(core, units);
    this.tasks = new TaskAnswers(units, runs);
    this.dues = new DueAnswers(judged, runs);
  }

  @Override
  public Why unit(String unit) {
    return core.transactions().joined(tx -> unit(tx, unit));
  }

  @Override
  public Why unit(String unit, Instant due) {
    return core.transactions().joined(tx -> unit(tx, unit, due));
  }

  private Why unit(Tx tx, String id, Instant due) {
    Answers answers = new Answers();
    if (dues.add(tx, answers, id, due)) {
      UnitEntity unit = found(units.find(tx, id), id);
      now(tx, answers, unit);
    }
    return answers.about("unit " + id + " due at " + due, tx.now());
  }

  private static UnitEntity found(Optional<UnitEntity> unit, String id) {
    return unit.orElseThrow(() -> new UnknownUnitException(Message.UNKNOWN_UNIT.with(quoted(id))));
  }

  private Why unit(Tx tx, String id) {
    UnitEntity unit = found(units.find(tx, id), id);
    Answers answers = new Answers();
    List<NodeKnowledge.Able> able = now(tx, answers, unit);
    units.time(tx, answers, unit);
    units.threads(answers, able);
    return answers.about("unit " + id, tx.now());
  }

  /** Whether it would run as things are. */
  private List<NodeKnowledge.Able> now(Tx tx, Answers answers, UnitEntity unit) {
    String id = unit.id();
    int waiting = standings.waiting(tx.session(), id, null);
    units.admission(
        tx,
        answers,
        unit,
        null,
        new Admission.Candidate(false, Admission.Patience.BY_POLICY, waiting));
    return units.nodes(tx, answers, id);
  }

  @Override
  public Why run(String run) {
    return core.transactions()
        .joined(
            tx -> {
              Answers answers = new Answers();
              runs.add(tx, answers, found(tx, run));
              return answers.about("run " + run, tx.now());
            });
  }

  @Override
  public Why step(String run, String worker) {
    return core.transactions().joined(tx -> step(tx, run, worker));
  }

  private Why step(Tx tx, String id, String worker) {
    RunStanding.Standing run = found(tx, id);
    RunStore.Submitted asked = run.asked();
    Answers answers = new Answers();
    String definition = asked.definition();
    if (definition == null) {
      answers.add(Reason.PROCESS_BEGUN, false, Map.of(), null, new Why.Link("run", id));
      runs.add(tx, answers, run);
    } else {
      if (!models.plan(tx, asked.unit(), definition).workers().contains(worker)) {
        throw unknownRun(id + "/" + worker);
      }
      answers.add(Reason.PROCESS_BEGUN, true, Map.of(), run.times().startedAt(), null);
      Net net = models.net(tx, asked.unit(), definition);
      steps.add(tx, answers, id, net, net.task(worker));
    }
    return answers.about("step " + worker + " of run " + id, tx.now());
  }

  @Override
  public Why item(ItemId item) {
    return core.transactions()
        .joined(
            tx -> {
              Answers answers = new Answers();
              if (!items.add(tx, answers, item)) {
                throw new UnknownItemException(Message.UNKNOWN_ITEM.with(item));
              }
              return answers.about("item " + item, tx.now());
            });
  }

  @Override
  public Why task(String pool, long task) {
    return core.transactions()
        .joined(
            tx -> {
              Answers answers = new Answers();
              if (!tasks.add(tx, answers, pool, task)) {
                throw new UnknownTaskException(Message.UNKNOWN_TASK.with(quoted(pool), task));
              }
              return answers.about("task " + task + " of pool " + pool, tx.now());
            });
  }

  private RunStanding.Standing found(Tx tx, String run) {
    return standings.find(tx.session(), run).orElseThrow(() -> unknownRun(run));
  }

  private static UnknownRunException unknownRun(String run) {
    return new UnknownRunException(Message.UNKNOWN_RUN.with(quoted(run)));
  }

  private static String quoted(String id) {
    return Texts.told(id, LONGEST_QUOTE);
  }
}
