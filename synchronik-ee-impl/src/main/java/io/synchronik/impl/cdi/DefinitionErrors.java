package io.synchronik.impl.cdi;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.unit.UnitKind;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong with the definitions of a deployment, reported together. */
final class DefinitionErrors {
  private final List<String> errors = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();

  void add(Message message, Object... values) {
    errors.add(message.with(values));
  }

  /** Adds a setting that is wrong; the number of its own message makes way for this one's. */
  void addSetting(UnitKind kind, String id, String where, RuntimeException wrong) {
    String text = String.valueOf(wrong.getMessage()).replaceFirst("^SYNC-\\d+ ", "");
    add(Message.BAD_SETTING_OF_UNIT, word(kind), id, where, text);
  }

  /** Keeps an exception of the application's code for the log. */
  void because(Throwable cause) {
    causes.add(cause);
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  InvalidDefinitionException toException() {
    InvalidDefinitionException exception =
        new InvalidDefinitionException(
            Message.DEFINITION_ERRORS.with(
                errors.size(), String.join(System.lineSeparator(), errors)));
    causes.forEach(exception::addSuppressed);
    return exception;
  }

  /** Returns a kind of unit as messages begin with it. */
  static String word(UnitKind kind) {
    return switch (kind) {
      case WORKER -> "Worker";
      case PROCESS -> "Process";
    };
  }
}
