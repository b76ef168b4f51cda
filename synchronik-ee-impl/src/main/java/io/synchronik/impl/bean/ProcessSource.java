package io.synchronik.impl.bean;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMember;
import jakarta.enterprise.inject.spi.Bean;
import org.jspecify.annotations.Nullable;

/**
 * A bean that is a process.
 *
 * @param bean the bean
 * @param where it is declared, for people
 */
public record ProcessSource(Bean<?> bean, String where) {
  /** Names a bean by its producer; one that another extension made by its class. */
  public static ProcessSource of(Bean<?> bean, @Nullable Annotated annotated) {
    return new ProcessSource(
        bean,
        annotated instanceof AnnotatedMember<?> member
            ? Members.name(member)
            : bean.getBeanClass().getName());
  }
}
