package io.synchronik.impl.cdi;

import io.synchronik.impl.settings.Message;
import io.synchronik.process.WorkerProcess;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.inject.Inject;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;

/** What the beans of units have to be. */
final class BeanRules {
  private BeanRules() {}

  /**
   * Checks the bean of a declared unit.
   *
   * @param kind what is declared
   * @param id its id
   * @param where the class or method, for messages
   * @param declared the class
   * @param errors where to add what is wrong
   * @return the bean; empty when it cannot be used
   */
  static Optional<UnitBean> check(
      UnitKind kind, String id, String where, Declared declared, DefinitionErrors errors) {
    String word = DefinitionErrors.word(kind);
    UnitBean bean = declared.bean();
    if (bean == null) {
      errors.add(Message.NOT_RESOLVABLE, word, id, where, mistake(declared.type()).orElse(""));
      return Optional.empty();
    }
    for (Class<?> scope : List.of(SessionScoped.class, ConversationScoped.class)) {
      if (bean.bean().getScope() == scope) {
        errors.add(Message.BAD_SCOPE, word, id, where, scope.getSimpleName());
        return Optional.empty();
      }
    }
    return Optional.of(bean);
  }

  /**
   * Returns why a class that declares units can be no bean, when nobody can want that; empty when
   * CDI may have left it out as it should: an alternative, or one that an extension vetoed.
   */
  static Optional<String> mistake(AnnotatedType<?> type) {
    Class<?> javaClass = type.getJavaClass();
    if (type.isAnnotationPresent(Alternative.class)) {
      return Optional.empty();
    }
    if (Modifier.isAbstract(javaClass.getModifiers())) {
      boolean itself =
          type.isAnnotationPresent(Worker.class) || type.isAnnotationPresent(WorkerProcess.class);
      return itself ? Optional.of("the class is abstract") : Optional.empty();
    }
    if (javaClass.getEnclosingClass() != null && !Modifier.isStatic(javaClass.getModifiers())) {
      return Optional.of("an inner class must be static");
    }
    boolean constructor =
        type.getConstructors().stream()
            .anyMatch(
                found ->
                    found.getParameters().isEmpty() || found.isAnnotationPresent(Inject.class));
    return constructor ? Optional.empty() : Optional.of("CDI found no suitable constructor");
  }
}
