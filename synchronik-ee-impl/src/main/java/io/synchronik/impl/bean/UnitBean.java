package io.synchronik.impl.bean;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bean whose code units are. CDI refers to a bean by a type that it has, and the class need not
 * be one: a session bean with a local interface has that, and {@code @Typed} narrows any bean.
 *
 * @param bean the bean
 * @param session whether it is a session bean
 */
public record UnitBean(Bean<?> bean, boolean session) {
  public Class<?> beanClass() {
    return bean.getBeanClass();
  }

  /** Returns the type to refer to the bean by where it has to be one of some types. */
  public Optional<Type> typeOf(List<Class<?>> kinds) {
    return type(raw -> kinds.stream().anyMatch(kind -> kind.isAssignableFrom(raw)));
  }

  /** Returns the type to refer to the bean by where a method has to be called. */
  public Optional<Type> typeWith(Method method) {
    return type(raw -> find(raw, method) != null);
  }

  /** Returns the method of a type that stands for one of the bean's class. */
  public static Method in(Type type, Method method) {
    Method found = find(raw(type), method);
    return found == null ? method : found;
  }

  private static @Nullable Method find(Class<?> raw, Method method) {
    if (method.getDeclaringClass().isAssignableFrom(raw)) {
      return method;
    }
    try {
      return raw.getMethod(method.getName(), method.getParameterTypes());
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private Optional<Type> type(Predicate<Class<?>> fits) {
    Class<?> own = beanClass();
    if (hasClass() && fits.test(own)) {
      return Optional.of(own);
    }
    return bean.getTypes().stream().filter(type -> fits.test(raw(type))).findFirst();
  }

  /** Returns whether the class itself is among the types; a generic one has its variables there. */
  public boolean hasClass() {
    return bean.getTypes().stream().anyMatch(type -> raw(type) == beanClass());
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Void.class;
  }
}
