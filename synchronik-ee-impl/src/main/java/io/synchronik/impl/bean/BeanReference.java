package io.synchronik.impl.bean;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;

/**
 * How a bean is referred to.
 *
 * @param beans of the application
 * @param bean the bean
 * @param type one of its types
 */
public record BeanReference(BeanManager beans, Bean<?> bean, Type type) {
  public CreationalContext<?> begin() {
    return beans.createCreationalContext(bean);
  }

  /** Returns the bean's instance, or what stands for it in its scope. */
  public Object get(CreationalContext<?> creation) {
    return beans.getReference(bean, type, creation);
  }

  public Class<?> beanClass() {
    return bean.getBeanClass();
  }
}
