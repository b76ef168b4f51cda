package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.bean.Declared;
import io.synchronik.impl.bean.Mistakes;
import io.synchronik.impl.bean.UnitBean;
import io.synchronik.impl.settings.Message;
import io.synchronik.unit.UnitKind;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import java.util.List;
import java.util.Optional;

/** What the beans of units have to be. */
final class BeanRules {
  private BeanRules() {}

  /**
   * Checks the bean of a declared unit.
   *
   * @param kind what is declared
   * @param id its id
   * @param where the class or method, for messages
   * @param declared the class
   * @param errors where to add what is wrong
   * @return the bean; empty when it cannot be used
   */
  static Optional<UnitBean> check(
      UnitKind kind, String id, String where, Declared declared, DefinitionErrors errors) {
    String word = DefinitionErrors.word(kind);
    UnitBean bean = declared.bean();
    if (bean == null) {
      errors.add(Message.NOT_RESOLVABLE, word, id, where, Mistakes.in(declared.type()).orElse(""));
      return Optional.empty();
    }
    for (Class<?> scope : List.of(SessionScoped.class, ConversationScoped.class)) {
      if (bean.bean().getScope() == scope) {
        errors.add(Message.BAD_SCOPE, word, id, where, scope.getSimpleName());
        return Optional.empty();
      }
    }
    return Optional.of(bean);
  }
}
