package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.bean.BeanReference;
import io.synchronik.impl.bean.Candidates;
import io.synchronik.impl.bean.Declared;
import io.synchronik.impl.bean.Members;
import io.synchronik.impl.bean.UnitBean;
import io.synchronik.impl.bean.WorkerMethods;
import io.synchronik.impl.cdi.work.BeanTarget;
import io.synchronik.impl.cdi.work.MethodTarget;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.RollbackRules;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemSource;
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
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes workers of what was declared, and finds all that is wrong with it. */
final class WorkerScanner {
  private final BeanManager beans;
  private final UnitTexts texts;
  private final Timers timers;
  private final DefinitionErrors errors;
  private final References references;
  private final KnownWorkers known = new KnownWorkers();
  private final List<RegisteredWorker> workers = new ArrayList<>();

  WorkerScanner(BeanManager beans, UnitTexts texts, Timers timers, DefinitionErrors errors) {
    this.beans = beans;
    this.texts = texts;
    this.timers = timers;
    this.errors = errors;
    this.references = new References(beans, errors);
  }

  /** Returns the workers, in the order of their classes' names; ids may be there twice. */
  List<RegisteredWorker> scan(Candidates candidates) {
    candidates.declared().forEach(this::scan);
    return List.copyOf(workers);
  }

  /** Returns all that were declared, also those that something is wrong with. */
  KnownWorkers known() {
    return known;
  }

  private void scan(Declared declared) {
    Worker onClass = declared.type().getAnnotation(Worker.class);
    if (onClass != null) {
      scanClass(onClass, declared);
    }
    for (AnnotatedMethod<?> method : WorkerMethods.of(declared.type())) {
      scanMethod(method, declared);
    }
  }

  private void scanClass(Worker worker, Declared declared) {
    AnnotatedType<?> type = declared.type();
    Class<?> javaClass = type.getJavaClass();
    String where = javaClass.getName();
    boolean isWork = Work.class.isAssignableFrom(javaClass);
    if (ItemSource.class.isAssignableFrom(javaClass)) {
      note(worker, javaClass);
      scanItems(worker, where, declared);
      return;
    }
    if (!isWork && !Action.class.isAssignableFrom(javaClass)) {
      if (WorkerMethods.of(type).isEmpty()) {
        note(worker, javaClass);
        errors.add(Message.NO_WORK, worker.id(), where);
      }
      return;
    }
    note(worker, javaClass);
    Optional<BeanReference> reference = reference(worker, where, declared);
    if (reference.isPresent()) {
      Optional<TransactionRules> transaction = runMethodTransaction(type);
      if (checkTransaction(worker, where, transaction)) {
        add(worker, where, new BeanTarget(reference.get(), rollback(transaction), null));
      }
    }
  }

  private void scanItems(Worker worker, String where, Declared declared) {
    Optional<ItemShape> shape = ItemShapes.of(worker.id(), where, declared.type(), errors);
    Optional<TransactionRules> enumeration = ItemShapes.enumeration(declared.type());
    boolean fits = checkTransaction(worker, where, enumeration);
    Optional<BeanReference> reference = reference(worker, where, declared);
    if (reference.isPresent() && fits && shape.isPresent()) {
      add(worker, where, new BeanTarget(reference.get(), rollback(enumeration), shape.get()));
    }
  }

  private Optional<BeanReference> reference(Worker worker, String where, Declared declared) {
    return checkBean(worker, where, declared)
        .flatMap(bean -> references.toWorker(worker.id(), where, bean));
  }

  private void note(Worker worker, Class<?> type) {
    try {
      known.add(texts.expand(worker.id()), type);
    } catch (IllegalArgumentException e) {
      known.add(worker.id(), type);
    }
  }

  static Optional<TransactionRules> runMethodTransaction(AnnotatedType<?> type) {
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

  private void scanMethod(AnnotatedMethod<?> method, Declared declared) {
    Worker worker = method.getAnnotation(Worker.class);
    String where = Members.name(method, declared.javaClass());
    note(worker, declared.javaClass());
    boolean fits = true;
    for (String bad : badModifiers(method.getJavaMember().getModifiers())) {
      errors.add(Message.BAD_METHOD, worker.id(), where, bad);
      fits = false;
    }
    Optional<UnitBean> bean = checkBean(worker, where, declared);
    fits &= checkParameters(worker, where, method);
    Optional<TransactionRules> transaction = TransactionRules.of(method, declared.type());
    fits &= checkTransaction(worker, where, transaction);
    if (fits && bean.isPresent()) {
      references
          .toMethod(worker.id(), where, bean.get(), method.getJavaMember())
          .ifPresent(
              found -> add(worker, where, new MethodTarget(found, method, rollback(transaction))));
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

  private Optional<UnitBean> checkBean(Worker worker, String where, Declared declared) {
    return BeanRules.check(UnitKind.WORKER, worker.id(), where, declared, errors);
  }

  private boolean checkParameters(Worker worker, String where, AnnotatedMethod<?> method) {
    boolean fits = true;
    for (AnnotatedParameter<?> parameter : method.getParameters()) {
      if (parameter.getBaseType() == RunContext.class) {
        continue;
      }
      try {
        beans.validate(beans.createInjectionPoint(parameter));
      } catch (RuntimeException | Error e) {
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

  private static @Nullable RollbackRules rollback(Optional<TransactionRules> transaction) {
    return transaction.map(TransactionRules::rollback).orElse(null);
  }

  private boolean checkTransaction(
      Worker worker, String where, Optional<TransactionRules> transaction) {
    if (transaction.filter(rules -> !rules.joins()).isPresent()) {
      errors.add(Message.BAD_TRANSACTION, worker.id(), where, transaction.get().type());
      return false;
    }
    return true;
  }

  private void add(Worker worker, String where, WorkTarget target) {
    DefinitionErrors.WrongSettings ofId = errors.settingsOf(UnitKind.WORKER, worker.id(), where);
    String id = ofId.orElse("", () -> texts.expand(worker.id()));
    if (!ofId.isEmpty()) {
      return;
    }
    if (!UnitId.isValid(id)) {
      errors.add(Message.BAD_ID, where, id);
      return;
    }
    DefinitionErrors.WrongSettings wrong = errors.settingsOf(UnitKind.WORKER, id, where);
    WorkerConfig config = UnitSettings.apply(WorkerConfig.DEFAULT, texts.of(worker, wrong), wrong);
    wrong.check(() -> check(config));
    wrong.check(() -> RegisteredWorker.check(config, target));
    errors.addUnreadable(id, where, target);
    String name = wrong.orElse("", () -> texts.expand(worker.name()));
    String description = wrong.orElse("", () -> texts.expand(worker.description()));
    RegisteredWorker.Switches switches = texts.switches(id, worker.enabled(), wrong);
    if (wrong.isEmpty()) {
      workers.add(
          new RegisteredWorker(
              new UnitId(id), name.isEmpty() ? id : name, description, switches, config, target));
    }
  }

  private void check(WorkerConfig config) {
    Schedule schedule = config.schedule();
    if (schedule != null) {
      timers.check(schedule);
    }
  }
}
