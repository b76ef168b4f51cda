package io.synchronik.impl.store;

import io.synchronik.run.Cause;
import io.synchronik.run.RunState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code sk_run}. */
@Entity
@Table(name = "sk_run")
@IdClass(AppKey.class)
public class RunEntity {
  @Id String app;
  @Id String id;
  String unit;
  RunState state;
  Cause cause;

  @Column(name = "schedule_n")
  @Nullable Integer scheduleN;

  @Column(name = "scheduled_at")
  @Nullable Instant scheduledAt;

  @Nullable String parent;

  @Column(name = "parent_unit")
  @Nullable String parentUnit;

  @Nullable String task;
  @Nullable Integer generation;
  @Nullable String definition;

  @Column(name = "retry_of")
  @Nullable String retryOf;

  @Column(name = "request_key")
  @Nullable String requestKey;

  @Column(name = "submitted_at")
  Instant submittedAt;

  @Column(name = "due_at")
  @Nullable Instant dueAt;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  int attempt;
  int losses;
  @Nullable String owner;
  long fence;
  @Nullable String node;
  boolean forced;

  @Column(name = "requested_by")
  @Nullable String requestedBy;

  @Column(name = "cancel_by")
  @Nullable String cancelBy;

  @Nullable String payload;
  @Nullable String result;

  @Nullable String choices;

  boolean items;

  @Column(name = "failure_type")
  @Nullable String failureType;

  @Column(name = "failure_message")
  @Nullable String failureMessage;

  @Column(name = "failure_trace")
  @Nullable String failureTrace;

  @Nullable String reason;

  @Column(name = "progress_done")
  @Nullable Long progressDone;

  @Column(name = "progress_total")
  @Nullable Long progressTotal;

  /** Returns the time from the first start to the end; zero while there is none. */
  Duration duration() {
    return startedAt == null || endedAt == null
        ? Duration.ZERO
        : Duration.between(startedAt, endedAt);
  }
}
