package io.synchronik.impl.store.jpa;

import io.synchronik.event.EventType;
import io.synchronik.run.Cause;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/**
 * Enums as lower-case names. One class each, with the interface on the class itself: providers do
 * not look for it further up.
 */
public final class EnumColumns {
  private EnumColumns() {}

  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  public static <E extends Enum<E>> E value(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  @Converter(autoApply = true)
  public static final class OfUnitKind implements AttributeConverter<UnitKind, String> {
    @Override
    public String convertToDatabaseColumn(UnitKind kind) {
      return text(kind);
    }

    @Override
    public UnitKind convertToEntityAttribute(String column) {
      return value(UnitKind.class, column);
    }
  }

  @Converter(autoApply = true)
  public static final class OfUnitStatus implements AttributeConverter<UnitStatus, String> {
    @Override
    public String convertToDatabaseColumn(UnitStatus status) {
      return text(status);
    }

    @Override
    public UnitStatus convertToEntityAttribute(String column) {
      return value(UnitStatus.class, column);
    }
  }

  @Converter(autoApply = true)
  public static final class OfRunState implements AttributeConverter<RunState, String> {
    @Override
    public String convertToDatabaseColumn(RunState state) {
      return text(state);
    }

    @Override
    public RunState convertToEntityAttribute(String column) {
      return value(RunState.class, column);
    }
  }

  @Converter(autoApply = true)
  public static final class OfCause implements AttributeConverter<Cause, String> {
    @Override
    public String convertToDatabaseColumn(Cause cause) {
      return text(cause);
    }

    @Override
    public Cause convertToEntityAttribute(String column) {
      return value(Cause.class, column);
    }
  }

  @Converter(autoApply = true)
  public static final class OfEventType implements AttributeConverter<EventType, String> {
    @Override
    public String convertToDatabaseColumn(EventType type) {
      return text(type);
    }

    @Override
    public EventType convertToEntityAttribute(String column) {
      return value(EventType.class, column);
    }
  }
}
