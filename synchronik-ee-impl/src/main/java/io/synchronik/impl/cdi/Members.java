package io.synchronik.impl.cdi;

import jakarta.enterprise.inject.spi.AnnotatedMember;
import java.lang.reflect.Member;
import java.lang.reflect.Method;

/** Names of members for people. */
final class Members {
  private Members() {}

  static String name(AnnotatedMember<?> annotated) {
    Member member = annotated.getJavaMember();
    String name = member.getDeclaringClass().getName() + "." + member.getName();
    return member instanceof Method ? name + "()" : name;
  }
}
