package io.synchronik.impl.cdi;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.reflect.Method;

/** Names of members for people. */
final class Members {
  private Members() {}

  static String name(AnnotatedMethod<?> method) {
    Method member = method.getJavaMember();
    return member.getDeclaringClass().getName() + "." + member.getName() + "()";
  }
}
