package io.synchronik.impl.cdi;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.InvalidDefinitionException;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong with the definitions of a deployment, reported together. */
final class DefinitionErrors {
  private final List<String> errors = new ArrayList<>();

  void add(Message message, Object... values) {
    errors.add(message.with(values));
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  InvalidDefinitionException toException() {
    return new InvalidDefinitionException(
        Message.DEFINITION_ERRORS.with(errors.size(), String.join(System.lineSeparator(), errors)));
  }
}
