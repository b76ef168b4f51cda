package io.synchronik.impl.bean;

import io.synchronik.process.WorkerProcess;
import io.synchronik.worker.Worker;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.inject.Inject;
import java.lang.reflect.Modifier;
import java.util.Optional;

/** Why classes that should be beans can be none. */
public final class Mistakes {
  private Mistakes() {}

  /**
   * Returns why a class that declares units can be no bean, when nobody can want that; empty when
   * CDI may have left it out as it should: an alternative, or one that an extension vetoed.
   */
  public static Optional<String> in(AnnotatedType<?> type) {
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
