package io.synchronik.impl.cdi.work;

import io.synchronik.event.RunHooks;
import io.synchronik.impl.bean.BeanReference;
import io.synchronik.impl.bean.UnitBean;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is told of runs: whether a class wants to hear of them, and how it is called. */
public final class Hooks {
  private static final Set<String> NAMES = Set.of("onStart", "onComplete", "onError");

  private Hooks() {}

  /** Whether a class overrides any hook that is called for events. */
  static boolean areOverridden(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (NAMES.contains(method.getName())
          && method.getParameterCount() == 1
          && method.getDeclaringClass() != RunHooks.class) {
        return true;
      }
    }
    return false;
  }

  /** Calls the hooks of a bean, when it has any, on an instance for each call. */
  public static Consumer<Consumer<RunHooks>> of(BeanManager beans, Bean<?> bean) {
    Optional<Type> type = new UnitBean(bean, false).typeOf(List.of(RunHooks.class));
    if (type.isEmpty() || !areOverridden(bean.getBeanClass())) {
      return call -> {};
    }
    BeanReference reference = new BeanReference(beans, bean, type.get());
    RequestScopes scopes = new RequestScopes(beans);
    return call -> {
      try (BeanInstance instance = BeanInstance.open(scopes, reference)) {
        call.accept((RunHooks) instance.get());
      }
    };
  }

  /** Calls hooks that a definition holds. */
  public static Consumer<Consumer<RunHooks>> of(BeanManager beans, RunHooks hooks) {
    RequestScopes scopes = new RequestScopes(beans);
    return call -> {
      RequestScopes.Scope request = scopes.begin();
      try {
        call.accept(hooks);
      } finally {
        request.end();
      }
    };
  }
}
