package io.synchronik.impl.cdi;

import io.synchronik.impl.settings.Message;
import io.synchronik.unit.UnitKind;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the beans of units have to be. */
final class BeanRules {
  private BeanRules() {}

  /**
   * Checks the bean of a declared unit.
   *
   * @param kind what is declared
   * @param id its id
   * @param where the class or method, for messages
   * @param type the class
   * @param bean its bean, null when CDI made none
   * @param errors where to add what is wrong
   * @return whether it can be used
   */
  static boolean check(
      UnitKind kind,
      String id,
      String where,
      Class<?> type,
      @Nullable Bean<?> bean,
      DefinitionErrors errors) {
    String word = DefinitionErrors.word(kind);
    if (bean == null) {
      errors.add(Message.NOT_RESOLVABLE, word, id, where, whyNoBean(type));
      return false;
    }
    for (Class<?> scope : List.of(SessionScoped.class, ConversationScoped.class)) {
      if (bean.getScope() == scope) {
        errors.add(Message.BAD_SCOPE, word, id, where, scope.getSimpleName());
        return false;
      }
    }
    return true;
  }

  private static String whyNoBean(Class<?> type) {
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      return "the class is abstract";
    }
    if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
      return "an inner class must be static";
    }
    return "CDI found no suitable constructor, vetoed it, or does not look into its archive";
  }
}
