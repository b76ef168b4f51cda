package io.synchronik.impl.bean;

import jakarta.enterprise.inject.spi.AnnotatedMember;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.reflect.Member;
import java.lang.reflect.Method;

/** Names of members for people. */
public final class Members {
  private Members() {}

  /** Names a method of a class, and the class that it inherits it from. */
  public static String name(AnnotatedMethod<?> method, Class<?> type) {
    Class<?> declaring = method.getJavaMember().getDeclaringClass();
    String name = type.getName() + "." + method.getJavaMember().getName() + "()";
    return declaring == type ? name : name + " of " + declaring.getName();
  }

  public static String name(AnnotatedMember<?> annotated) {
    Member member = annotated.getJavaMember();
    String name = member.getDeclaringClass().getName() + "." + member.getName();
    return member instanceof Method ? name + "()" : name;
  }
}
