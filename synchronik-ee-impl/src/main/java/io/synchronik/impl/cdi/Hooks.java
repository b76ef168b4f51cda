package io.synchronik.impl.cdi;

import io.synchronik.worker.WorkerHooks;
import java.lang.reflect.Method;
import java.util.Set;

/** Whether a class overrides any hook that is called for events. */
final class Hooks {
  private static final Set<String> NAMES = Set.of("onStart", "onComplete", "onError");

  private Hooks() {}

  static boolean areOverridden(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (NAMES.contains(method.getName())
          && method.getParameterCount() == 1
          && method.getDeclaringClass() != WorkerHooks.class) {
        return true;
      }
    }
    return false;
  }
}
