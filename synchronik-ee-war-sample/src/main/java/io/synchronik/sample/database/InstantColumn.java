package io.synchronik.sample.database;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Maps an instant to a timestamp, which JPA providers would otherwise do each in its own way. */
@Converter
public class InstantColumn implements AttributeConverter<Instant, Timestamp> {
  @Override
  public @Nullable Timestamp convertToDatabaseColumn(@Nullable Instant value) {
    return value == null ? null : Timestamp.from(value);
  }

  @Override
  public @Nullable Instant convertToEntityAttribute(@Nullable Timestamp value) {
    return value == null ? null : value.toInstant();
  }
}
