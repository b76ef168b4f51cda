package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.unit.UnitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All that is wrong with the definitions of a deployment, reported together. */
final class DefinitionErrors {
  private final List<String> errors = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();

  void add(Message message, Object... values) {
    errors.add(message.with(values));
  }

  /** Adds numbered lines. */
  void addAll(List<String> lines) {
    errors.addAll(lines);
  }

  /** Adds a setting that is wrong; the number of its own message makes way for this one's. */
  void addSetting(UnitKind kind, String id, String where, RuntimeException wrong) {
    String text = String.valueOf(wrong.getMessage()).replaceFirst("^SYNC-\\d+ ", "");
    add(Message.BAD_SETTING_OF_UNIT, word(kind), id, where, text);
  }

  /** Adds why payloads of a worker's items cannot be read, when they cannot. */
  void addUnreadable(String id, String where, WorkTarget target) {
    ItemShape shape = target.items();
    if (shape != null) {
      RegisteredWorker.unreadablePayloads(shape)
          .ifPresent(
              why ->
                  add(Message.UNREADABLE_PAYLOADS, id, where, shape.payload().getTypeName(), why));
    }
  }

  /** Returns who adds each setting that is wrong with a unit, and counts them. */
  WrongSettings settingsOf(UnitKind kind, String id, String where) {
    return new WrongSettings(kind, id, where);
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

  /** Adds the settings that are wrong with one unit. */
  final class WrongSettings implements Consumer<RuntimeException> {
    private final UnitKind kind;
    private final String id;
    private final String where;
    private boolean none = true;

    private WrongSettings(UnitKind kind, String id, String where) {
      this.kind = kind;
      this.id = id;
      this.where = where;
    }

    @Override
    public void accept(RuntimeException wrong) {
      none = false;
      addSetting(kind, id, where, wrong);
    }

    /** Whether nothing was wrong. */
    boolean isEmpty() {
      return none;
    }

    /** Calls what may find one more, and returns its value or the default. */
    <T> T orElse(T byDefault, Supplier<T> call) {
      try {
        return call.get();
      } catch (InvalidConfigurationException | IllegalArgumentException e) {
        accept(e);
        return byDefault;
      }
    }

    /** Calls what may find one more. */
    void check(Runnable call) {
      orElse(
          true,
          () -> {
            call.run();
            return true;
          });
    }
  }
}
