package io.synchronik.impl.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code sk_event_batch}. */
@Entity
@Table(name = "sk_event_batch")
@IdClass(AppKey.class)
public class EventBatchEntity {
  @Id String app;
  @Id String id;
  Instant at;
  String node;
  String incarnation;
  int events;
  @Nullable Long position;
  boolean late;
  @Nullable String tally;
}
