package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.settings.Message;
import io.synchronik.process.Dependency;
import io.synchronik.process.ProcessStep;
import io.synchronik.process.WorkerProcess;
import io.synchronik.process.WorkerRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads which workers {@code @WorkerProcess} names. */
final class AnnotatedSteps {
  private final UnitTexts texts;
  private final DefinitionErrors errors;

  AnnotatedSteps(UnitTexts texts, DefinitionErrors errors) {
    this.texts = texts;
    this.errors = errors;
  }

  /** Whether a worker depends on another. */
  static boolean areGraph(WorkerProcess process) {
    return Arrays.stream(process.steps())
        .anyMatch(step -> step.after().length + step.afterIds().length > 0);
  }

  /** Returns the steps that can be read; empty when none of those that are named can. */
  Optional<List<ProcessStep>> of(WorkerProcess process, ProcessBodies.Subject subject) {
    List<ProcessStep> steps = new ArrayList<>();
    WorkerProcess.Step[] declared = process.steps();
    if (declared.length > 0 && process.workers().length > 0) {
      errors.add(Message.WORKERS_AND_STEPS, subject.id(), subject.where());
    } else {
      for (Class<?> worker : process.workers()) {
        steps.add(new ProcessStep(WorkerRef.of(worker), List.of()));
      }
    }
    for (int i = 0; i < declared.length; i++) {
      try {
        steps.add(step(declared[i]));
      } catch (IllegalArgumentException e) {
        errors.add(
            Message.BAD_STEP, subject.id(), subject.where(), i + 1, String.valueOf(e.getMessage()));
      }
    }
    return steps.isEmpty() && declared.length > 0 ? Optional.empty() : Optional.of(steps);
  }

  private ProcessStep step(WorkerProcess.Step step) {
    boolean byClass = step.worker() != void.class;
    if (byClass != step.id().isEmpty()) {
      throw new IllegalArgumentException(
          byClass ? "names both a class and an id: take one" : "names neither a class nor an id");
    }
    List<Dependency> after = new ArrayList<>();
    for (Class<?> parent : step.after()) {
      after.add(new Dependency(WorkerRef.of(parent), null));
    }
    for (String parent : step.afterIds()) {
      after.add(new Dependency(byId(parent), null));
    }
    return new ProcessStep(byClass ? WorkerRef.of(step.worker()) : byId(step.id()), after);
  }

  private WorkerRef byId(String text) {
    try {
      return WorkerRef.of(texts.expand(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("names a worker wrongly: " + e.getMessage(), e);
    }
  }
}
