package io.synchronik.impl.cdi;

import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.UnitSettings;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemSource;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerConfig;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.Transactional;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes workers of what was declared, and finds all that is wrong with it. */
final class WorkerScanner {
  private final BeanManager beans;
  private final UnitTexts texts;
  private final Timers timers;
  private final DefinitionErrors errors;
  private final KnownWorkers known = new KnownWorkers();
  private final List<RegisteredWorker> workers = new ArrayList<>();

  WorkerScanner(BeanManager beans, UnitTexts texts, Timers timers, DefinitionErrors errors) {
    this.beans = beans;
    this.texts = texts;
    this.timers = timers;
    this.errors = errors;
  }

  /** Returns the workers, in the order of their classes' names; ids may be there twice. */
  List<RegisteredWorker> scan(Candidates candidates) {
    candidates.types().values().stream()
        .sorted(Comparator.comparing(type -> type.getJavaClass().getName()))
        .forEach(type -> scan(type, candidates.bean(type.getJavaClass())));
    return List.copyOf(workers);
  }

  /** Returns all that were declared, also those that something is wrong with. */
  KnownWorkers known() {
    return known;
  }

  private void scan(AnnotatedType<?> type, @Nullable Bean<?> bean) {
    Worker onClass = type.getAnnotation(Worker.class);
    if (onClass != null) {
      scanClass(onClass, type, bean);
    }
    for (AnnotatedMethod<?> method : Candidates.methods(type)) {
      scanMethod(method, type, bean);
    }
  }

  private void scanClass(Worker worker, AnnotatedType<?> type, @Nullable Bean<?> bean) {
    Class<?> javaClass = type.getJavaClass();
    String where = javaClass.getName();
    boolean isWork = Work.class.isAssignableFrom(javaClass);
    if (ItemSource.class.isAssignableFrom(javaClass)) {
      note(worker, javaClass);
      scanItems(worker, where, type, bean);
      return;
    }
    if (!isWork && !Action.class.isAssignableFrom(javaClass)) {
      if (Candidates.methods(type).isEmpty()) {
        note(worker, javaClass);
        errors.add(Message.NO_WORK, worker.id(), where);
      }
      return;
    }
    note(worker, javaClass);
    if (checkBean(worker, where, type, bean) && bean != null) {
      Optional<Transactional.TxType> transaction = runMethodTransaction(type);
      if (checkTransaction(worker, where, transaction)) {
        add(worker, where, new BeanTarget(beans, bean, transaction.isPresent(), null));
      }
    }
  }

  private void scanItems(
      Worker worker, String where, AnnotatedType<?> type, @Nullable Bean<?> bean) {
    Optional<ItemShape> shape = ItemShapes.of(worker.id(), where, type, errors);
    Optional<Transactional.TxType> enumeration = ItemShapes.enumeration(type);
    boolean fits = checkTransaction(worker, where, enumeration);
    if (checkBean(worker, where, type, bean) && fits && bean != null && shape.isPresent()) {
      add(worker, where, new BeanTarget(beans, bean, enumeration.isPresent(), shape.get()));
    }
  }

  private void note(Worker worker, Class<?> type) {
    try {
      known.add(texts.expand(worker.id()), type);
    } catch (IllegalArgumentException e) {
      known.add(worker.id(), type);
    }
  }

  static Optional<Transactional.TxType> runMethodTransaction(AnnotatedType<?> type) {
    for (AnnotatedMethod<?> method : type.getMethods()) {
      if (method.getJavaMember().getName().equals("run")
          && !method.getJavaMember().isBridge()
          && method.getParameters().size() == 1
          && method.getParameters().get(0).getBaseType() == RunContext.class) {
        return TransactionRules.of(method, type);
      }
    }
    return TransactionRules.of(type, type);
  }

  private void scanMethod(
      AnnotatedMethod<?> method, AnnotatedType<?> type, @Nullable Bean<?> bean) {
    Worker worker = method.getAnnotation(Worker.class);
    String where = Members.name(method);
    note(worker, type.getJavaClass());
    boolean fits = true;
    int modifiers = method.getJavaMember().getModifiers();
    for (String bad : badModifiers(modifiers)) {
      errors.add(Message.BAD_METHOD, worker.id(), where, bad);
      fits = false;
    }
    fits &= checkBean(worker, where, type, bean);
    fits &= checkParameters(worker, where, method);
    Optional<Transactional.TxType> transaction = TransactionRules.of(method, type);
    fits &= checkTransaction(worker, where, transaction);
    if (fits && bean != null) {
      add(worker, where, new MethodTarget(beans, bean, method, transaction.isPresent()));
    }
  }

  private static List<String> badModifiers(int modifiers) {
    List<String> bad = new ArrayList<>();
    if (Modifier.isPrivate(modifiers)) {
      bad.add("private");
    }
    if (Modifier.isStatic(modifiers)) {
      bad.add("static");
    }
    if (Modifier.isFinal(modifiers)) {
      bad.add("final");
    }
    return bad;
  }

  private boolean checkBean(
      Worker worker, String where, AnnotatedType<?> type, @Nullable Bean<?> bean) {
    return BeanRules.check(UnitKind.WORKER, worker.id(), where, type.getJavaClass(), bean, errors);
  }

  private boolean checkParameters(Worker worker, String where, AnnotatedMethod<?> method) {
    boolean fits = true;
    for (AnnotatedParameter<?> parameter : method.getParameters()) {
      if (parameter.getBaseType() == RunContext.class) {
        continue;
      }
      try {
        beans.validate(beans.createInjectionPoint(parameter));
      } catch (RuntimeException e) {
        errors.add(
            Message.BAD_PARAMETER,
            worker.id(),
            where,
            parameter.getBaseType().getTypeName(),
            String.valueOf(e.getMessage()));
        fits = false;
      }
    }
    return fits;
  }

  private boolean checkTransaction(
      Worker worker, String where, Optional<Transactional.TxType> transaction) {
    if (transaction.filter(type -> !TransactionRules.joins(type)).isPresent()) {
      errors.add(Message.BAD_TRANSACTION, worker.id(), where, transaction.get());
      return false;
    }
    return true;
  }

  private void add(Worker worker, String where, WorkTarget target) {
    String id = worker.id();
    try {
      id = texts.expand(id);
      if (!UnitId.isValid(id)) {
        errors.add(Message.BAD_ID, where, id);
        return;
      }
      WorkerConfig config = UnitSettings.apply(WorkerConfig.DEFAULT, texts.of(worker));
      check(config);
      RegisteredWorker.check(config, target);
      String name = texts.expand(worker.name());
      workers.add(
          new RegisteredWorker(
              new UnitId(id),
              name.isEmpty() ? id : name,
              texts.expand(worker.description()),
              texts.enabled(id, worker.enabled()),
              config,
              target));
    } catch (InvalidConfigurationException | IllegalArgumentException e) {
      errors.addSetting(UnitKind.WORKER, id, where, e);
    }
  }

  private void check(WorkerConfig config) {
    Schedule schedule = config.schedule();
    if (schedule != null) {
      timers.check(schedule);
    }
  }
}
