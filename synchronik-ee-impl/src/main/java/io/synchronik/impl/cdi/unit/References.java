package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.bean.BeanReference;
import io.synchronik.impl.bean.UnitBean;
import io.synchronik.impl.bean.WorkerMethods;
import io.synchronik.impl.settings.Message;
import io.synchronik.item.ItemSource;
import io.synchronik.worker.Action;
import io.synchronik.worker.Work;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds how the beans of workers are referred to, and what can never be called on a reference: a
 * proxy that cannot override a method would run it on itself, without any injected field.
 */
final class References {
  /** The types that a bean is a worker by. */
  static final List<Class<?>> WORKERS = List.of(Work.class, Action.class, ItemSource.class);

  private final BeanManager beans;
  private final DefinitionErrors errors;

  References(BeanManager beans, DefinitionErrors errors) {
    this.beans = beans;
    this.errors = errors;
  }

  /**
   * Finds how a bean that is a worker is referred to.
   *
   * @param where the class, for messages
   * @return empty when it cannot be, and an error was added
   */
  Optional<BeanReference> toWorker(String id, String where, UnitBean bean) {
    return reference(id, where, bean, bean.typeOf(WORKERS));
  }

  /**
   * Finds how a bean with a method that is a worker is referred to.
   *
   * @param where the method, for messages
   * @return empty when it cannot be called, and an error was added
   */
  Optional<BeanReference> toMethod(String id, String where, UnitBean bean, Method method) {
    Optional<BeanReference> reference = reference(id, where, bean, bean.typeWith(method));
    Optional<String> hidden = reference.flatMap(found -> hidden(found, bean, method));
    if (hidden.isPresent()) {
      errors.add(Message.HIDDEN_METHOD, id, where, hidden.get());
      return Optional.empty();
    }
    return reference;
  }

  private Optional<String> hidden(BeanReference reference, UnitBean bean, Method method) {
    if (bean.session()) {
      return Modifier.isPublic(method.getModifiers())
          ? Optional.empty()
          : Optional.of("only public methods of a session bean can be called");
    }
    Class<?> declaring = method.getDeclaringClass();
    Class<?> proxy = proxy(reference, bean);
    if (proxy == null
        || !WorkerMethods.isPackagePrivate(method)
        || (proxy.getClassLoader() == declaring.getClassLoader()
            && proxy.getPackageName().equals(declaring.getPackageName()))) {
      return Optional.empty();
    }
    return Optional.of(
        "a proxy of the bean in the package "
            + proxy.getPackageName()
            + " cannot override a package-private method of "
            + declaring.getName());
  }

  private Optional<BeanReference> reference(
      String id, String where, UnitBean bean, Optional<Type> type) {
    if (type.isEmpty()) {
      String types =
          bean.bean().getTypes().stream()
              .map(Type::getTypeName)
              .sorted()
              .collect(Collectors.joining(", "));
      errors.add(Message.NO_BEAN_TYPE, id, where, types);
      return Optional.empty();
    }
    BeanReference reference = new BeanReference(beans, bean.bean(), type.get());
    try {
      proxy(reference, bean);
      return Optional.of(reference);
    } catch (RuntimeException | Error e) {
      String scope = bean.bean().getScope().getSimpleName();
      errors.add(Message.NO_PROXY, id, where, scope, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** A reference to a bean in a normal scope is a proxy, which is had without an instance. */
  private @Nullable Class<?> proxy(BeanReference reference, UnitBean unit) {
    Bean<?> bean = unit.bean();
    if (unit.session() || !beans.isNormalScope(bean.getScope())) {
      return null;
    }
    CreationalContext<?> creation = reference.begin();
    try {
      return reference.get(creation).getClass();
    } finally {
      creation.release();
    }
  }
}
