package io.synchronik.impl.cdi;

import jakarta.enterprise.inject.spi.AnnotatedType;
import org.jspecify.annotations.Nullable;

/**
 * A class that declares units.
 *
 * @param type the class
 * @param bean its bean, null when there is none by mistake
 */
record Declared(AnnotatedType<?> type, @Nullable UnitBean bean) {
  Class<?> javaClass() {
    return type.getJavaClass();
  }
}
