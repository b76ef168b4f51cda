package io.synchronik.impl.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code sk_schedule}. */
@Entity
@Table(name = "sk_schedule")
@IdClass(ScheduleKey.class)
public class ScheduleEntity {
  @Id String app;
  @Id String unit;
  @Id int n;
  String expression;

  @Column(name = "next_due")
  @Nullable Instant nextDue;

  @Column(name = "jitter_ms")
  long jitterMs;

  @Column(name = "last_due")
  @Nullable Instant lastDue;

  long misfires;
}
