package io.synchronik.impl.store.jpa;

import io.synchronik.event.EventType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code sk_event}. */
@Entity
@Table(name = "sk_event")
@IdClass(EventKey.class)
public class EventEntity {
  @Id String app;
  @Id String batch;
  @Id int n;
  Instant at;
  EventType type;
  @Nullable String unit;
  @Nullable String run;
  String data;
  @Nullable Boolean marks;
}
