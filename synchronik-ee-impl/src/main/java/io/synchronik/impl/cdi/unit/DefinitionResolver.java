package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.bean.BeanReference;
import io.synchronik.impl.bean.UnitBean;
import io.synchronik.impl.cdi.work.BeanTarget;
import io.synchronik.impl.cdi.work.LambdaTarget;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemSource;
import io.synchronik.process.Process;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitDefinition;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.Action;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerConfig;
import io.synchronik.worker.WorkerDefinition;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes units of definitions that are registered by a call. */
public final class DefinitionResolver {
  private static final String WHERE = "registered by a call";
  private static final String WORKER = DefinitionErrors.word(UnitKind.WORKER);

  private final BeanManager beans;
  private final UnitTexts texts;
  private final Timers timers;
  private final Supplier<? extends Collection<? extends RegisteredUnit>> known;

  /**
   * Creates the resolver.
   *
   * @param known gives the units that a process can consist of
   */
  public DefinitionResolver(
      BeanManager beans,
      UnitTexts texts,
      Timers timers,
      Supplier<? extends Collection<? extends RegisteredUnit>> known) {
    this.beans = beans;
    this.texts = texts;
    this.timers = timers;
    this.known = known;
  }

  /**
   * Makes a unit of a definition.
   *
   * @throws InvalidDefinitionException with all that is wrong
   */
  public RegisteredUnit resolve(UnitDefinition definition) {
    if (definition instanceof WorkerDefinition worker) {
      return worker(worker);
    }
    if (definition instanceof Process process) {
      return process(process);
    }
    throw new InvalidDefinitionException(
        Message.NO_UNIT.with(definition.id(), definition.getClass().getName()));
  }

  /** Returns the ids of the workers that a bean class declares, or was registered for. */
  public Set<String> workersOf(Class<?> beanClass) {
    return KnownWorkers.among(known.get()).of(beanClass);
  }

  private RegisteredProcess process(Process process) {
    DefinitionErrors errors = new DefinitionErrors();
    KnownWorkers workers = KnownWorkers.among(known.get());
    RegisteredProcess resolved =
        new ProcessScanner(beans, texts, timers, workers, errors).defined(process, WHERE);
    if (!errors.isEmpty()) {
      throw errors.toException();
    }
    return resolved;
  }

  private RegisteredWorker worker(WorkerDefinition worker) {
    DefinitionErrors errors = new DefinitionErrors();
    Optional<WorkTarget> target = target(worker, errors);
    String id = worker.id().value();
    DefinitionErrors.WrongSettings wrong = errors.settingsOf(UnitKind.WORKER, id, WHERE);
    RegisteredWorker.Switches switches =
        texts.switches(id, Boolean.toString(worker.enabled()), wrong);
    WorkerConfig config =
        UnitSettings.apply(worker.config(), texts.overrides(id, UnitKind.WORKER), wrong);
    Schedule schedule = config.schedule();
    if (schedule != null) {
      wrong.check(() -> timers.check(schedule));
    }
    target.ifPresent(found -> wrong.check(() -> RegisteredWorker.check(config, found)));
    target.ifPresent(found -> errors.addUnreadable(id, WHERE, found));
    if (!errors.isEmpty() || target.isEmpty()) {
      throw errors.toException();
    }
    return new RegisteredWorker(
        worker.id(), worker.name(), worker.description(), switches, config, target.get());
  }

  private Optional<WorkTarget> target(WorkerDefinition worker, DefinitionErrors errors) {
    if (worker.target() instanceof WorkerDefinition.Lambda lambda) {
      return Optional.of(new LambdaTarget(beans, lambda.work()));
    }
    if (worker.target() instanceof WorkerDefinition.ItemLambda lambda) {
      return Optional.of(
          new LambdaTarget(
              beans,
              (ItemSource<?>) lambda.work(),
              ItemShapes.of(lambda.work().getClass(), lambda.payload())));
    }
    Class<?> type = ((WorkerDefinition.Bean) worker.target()).beanClass();
    String id = worker.id().value();
    boolean hasItems = ItemSource.class.isAssignableFrom(type);
    if (!hasItems && !Work.class.isAssignableFrom(type) && !Action.class.isAssignableFrom(type)) {
      errors.add(Message.NO_WORK, id, type.getName());
      return Optional.empty();
    }
    Optional<UnitBean> bean = bean(type);
    if (bean.isEmpty()) {
      errors.add(
          Message.NOT_RESOLVABLE, WORKER, id, type.getName(), "no bean has exactly this class");
      return Optional.empty();
    }
    AnnotatedType<?> annotated = beans.createAnnotatedType(type);
    Optional<TransactionRules> transaction =
        hasItems
            ? ItemShapes.enumeration(annotated)
            : WorkerScanner.runMethodTransaction(annotated);
    if (transaction.filter(rules -> !rules.joins()).isPresent()) {
      errors.add(Message.BAD_TRANSACTION, id, type.getName(), transaction.get().type());
      return Optional.empty();
    }
    Optional<BeanReference> reference =
        new References(beans, errors).toWorker(id, type.getName(), bean.get());
    Optional<ItemShape> shape =
        hasItems ? ItemShapes.of(id, type.getName(), annotated, errors) : Optional.empty();
    if (hasItems && shape.isEmpty()) {
      return Optional.empty();
    }
    return reference.map(
        found ->
            new BeanTarget(
                found,
                transaction.map(TransactionRules::rollback).orElse(null),
                shape.orElse(null)));
  }

  private Optional<UnitBean> bean(Class<?> type) {
    Set<Bean<?>> exact = beansOf(type, type);
    if (exact.isEmpty()) {
      exact = beansOf(type, Object.class);
    }
    try {
      Bean<?> bean = beans.resolve(exact);
      return bean == null ? Optional.empty() : Optional.of(new UnitBean(bean, false));
    } catch (AmbiguousResolutionException e) {
      throw new InvalidDefinitionException(
          Message.NOT_RESOLVABLE.with(WORKER, "?", type.getName(), String.valueOf(e.getMessage())));
    }
  }

  /** Finds beans by one of their types, which the class need not be among. */
  private Set<Bean<?>> beansOf(Class<?> type, Class<?> by) {
    return beans.getBeans(by, Any.Literal.INSTANCE).stream()
        .filter(bean -> bean.getBeanClass() == type)
        .filter(bean -> new UnitBean(bean, false).typeOf(References.WORKERS).isPresent())
        .collect(Collectors.toSet());
  }
}
