package io.synchronik.impl.bean;

import jakarta.enterprise.inject.spi.AnnotatedType;
import org.jspecify.annotations.Nullable;

/**
 * A class that declares units.
 *
 * @param type the class
 * @param bean its bean, null when there is none by mistake
 */
public record Declared(AnnotatedType<?> type, @Nullable UnitBean bean) {
  public Class<?> javaClass() {
    return type.getJavaClass();
  }
}
