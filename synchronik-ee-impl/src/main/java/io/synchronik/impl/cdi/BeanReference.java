package io.synchronik.impl.cdi;

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
record BeanReference(BeanManager beans, Bean<?> bean, Type type) {
  CreationalContext<?> begin() {
    return beans.createCreationalContext(bean);
  }

  /** Returns the bean's instance, or what stands for it in its scope. */
  Object get(CreationalContext<?> creation) {
    return beans.getReference(bean, type, creation);
  }

  Class<?> beanClass() {
    return bean.getBeanClass();
  }
}
