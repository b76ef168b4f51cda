package io.synchronik.impl.bean;

import io.synchronik.worker.Worker;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** The methods of a class that are workers: its own, and those that it inherits. */
public final class WorkerMethods {
  private WorkerMethods() {}

  public static List<AnnotatedMethod<?>> of(AnnotatedType<?> type) {
    List<AnnotatedMethod<?>> written =
        type.getMethods().stream()
            .<AnnotatedMethod<?>>map(method -> method)
            .filter(method -> !method.getJavaMember().isBridge())
            .toList();
    return written.stream()
        .filter(method -> method.isAnnotationPresent(Worker.class))
        .filter(method -> written.stream().noneMatch(other -> overrides(other, method)))
        .toList();
  }

  /** CDI lists what a class overrides beside what it overrides it with. */
  private static boolean overrides(AnnotatedMethod<?> lower, AnnotatedMethod<?> upper) {
    Method below = lower.getJavaMember();
    Method above = upper.getJavaMember();
    return below.getDeclaringClass() != above.getDeclaringClass()
        && above.getDeclaringClass().isAssignableFrom(below.getDeclaringClass())
        && below.getName().equals(above.getName())
        && isReplaced(below, above)
        && isVisible(above, below.getDeclaringClass());
  }

  /** Generic parameters may be other types below: a bridge method has those from above then. */
  private static boolean isReplaced(Method below, Method above) {
    return Arrays.equals(below.getParameterTypes(), above.getParameterTypes())
        || Arrays.stream(below.getDeclaringClass().getDeclaredMethods())
            .anyMatch(
                bridge ->
                    bridge.isBridge()
                        && bridge.getName().equals(above.getName())
                        && below.getParameterCount() == above.getParameterCount()
                        && Arrays.equals(bridge.getParameterTypes(), above.getParameterTypes()));
  }

  public static boolean isPackagePrivate(Method method) {
    int visible = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE;
    return (method.getModifiers() & visible) == 0;
  }

  private static boolean isVisible(Method method, Class<?> below) {
    int modifiers = method.getModifiers();
    return !Modifier.isPrivate(modifiers)
        && !Modifier.isStatic(modifiers)
        && (!isPackagePrivate(method)
            || method.getDeclaringClass().getPackage() == below.getPackage());
  }
}
