package io.synchronik.impl.cdi.unit;

import io.synchronik.event.RunHooks;
import io.synchronik.impl.bean.Declared;
import io.synchronik.impl.bean.UnitBean;
import io.synchronik.impl.cdi.work.Hooks;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.impl.unit.ProcessBody;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.process.Process;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.ProcessStep;
import io.synchronik.process.WorkerProcess;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitKind;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes processes of annotated classes and of definitions, and finds all that is wrong. */
final class ProcessScanner {
  private final BeanManager beans;
  private final UnitTexts texts;
  private final Timers timers;
  private final DefinitionErrors errors;
  private final ProcessBodies bodies;
  private final AnnotatedSteps annotatedSteps;

  ProcessScanner(
      BeanManager beans,
      UnitTexts texts,
      Timers timers,
      KnownWorkers workers,
      DefinitionErrors errors) {
    this.beans = beans;
    this.texts = texts;
    this.timers = timers;
    this.errors = errors;
    this.bodies = new ProcessBodies(workers, errors);
    this.annotatedSteps = new AnnotatedSteps(texts, errors);
  }

  /**
   * Makes a process of a definition.
   *
   * @param process the definition
   * @param where it was made, for people
   * @return the process, to be used only when no error was added
   */
  RegisteredProcess defined(Process process, String where) {
    ProcessBodies.Subject subject = new ProcessBodies.Subject(process.id().value(), where);
    DefinitionErrors.WrongSettings wrong = errors.settingsOf(UnitKind.PROCESS, subject.id(), where);
    boolean enabled =
        wrong.orElse(true, () -> texts.enabled(subject.id(), Boolean.toString(process.enabled())));
    ProcessConfig config =
        UnitSettings.apply(
            process.config(), texts.overrides(subject.id(), UnitKind.PROCESS), wrong);
    wrong.check(() -> check(config));
    boolean graph = process.steps().stream().anyMatch(step -> !step.after().isEmpty());
    bodies.checkMode(subject, config.order().mode(), graph);
    return new RegisteredProcess(
        process.id(),
        process.name(),
        process.description(),
        enabled,
        config,
        bodies.body(subject, process.steps(), Hooks.of(beans, process.hooks())));
  }

  /** Makes a process of a class with {@link WorkerProcess}; none when its texts are wrong. */
  Optional<RegisteredProcess> declared(Declared declared) {
    WorkerProcess process = declared.type().getAnnotation(WorkerProcess.class);
    String where = declared.javaClass().getName();
    DefinitionErrors.WrongSettings ofId = errors.settingsOf(UnitKind.PROCESS, process.id(), where);
    String id = ofId.orElse("", () -> texts.expand(process.id()));
    if (!ofId.isEmpty()) {
      return Optional.empty();
    }
    if (!UnitId.isValid(id)) {
      errors.add(Message.BAD_ID, where, id);
      return Optional.empty();
    }
    Optional<UnitBean> bean = BeanRules.check(UnitKind.PROCESS, id, where, declared, errors);
    ProcessBodies.Subject subject = new ProcessBodies.Subject(id, where);
    Optional<List<ProcessStep>> steps = annotatedSteps.of(process, subject);
    Consumer<Consumer<RunHooks>> hooks =
        bean.map(found -> Hooks.of(beans, found.bean())).orElse(call -> {});
    Optional<ProcessBody> body = steps.map(read -> bodies.body(subject, read, hooks));
    DefinitionErrors.WrongSettings wrong = errors.settingsOf(UnitKind.PROCESS, id, where);
    boolean graph = AnnotatedSteps.areGraph(process);
    ProcessConfig config =
        UnitSettings.apply(ProcessConfig.DEFAULT, texts.of(process, graph, wrong), wrong);
    wrong.check(() -> check(config));
    bodies.checkMode(subject, config.order().mode(), graph);
    String name = wrong.orElse("", () -> texts.expand(process.name()));
    String description = wrong.orElse("", () -> texts.expand(process.description()));
    boolean enabled = wrong.orElse(true, () -> texts.enabled(id, process.enabled()));
    return body.filter(known -> wrong.isEmpty())
        .map(
            known ->
                new RegisteredProcess(
                    new UnitId(subject.id()),
                    name.isEmpty() ? subject.id() : name,
                    description,
                    enabled,
                    config,
                    known));
  }

  private void check(ProcessConfig config) {
    Schedule schedule = config.schedule();
    if (schedule != null) {
      timers.check(schedule);
    }
  }
}
