package io.synchronik.impl.store.jpa;

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
  public @Id String id;
  public String unit;
  public RunState state;
  public Cause cause;

  @Column(name = "schedule_n")
  @Nullable Integer scheduleN;

  @Column(name = "scheduled_at")
  public @Nullable Instant scheduledAt;

  public @Nullable String parent;

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
  public Instant submittedAt;

  @Column(name = "due_at")
  public @Nullable Instant dueAt;

  @Column(name = "started_at")
  public @Nullable Instant startedAt;

  @Column(name = "ended_at")
  public @Nullable Instant endedAt;

  public int attempt;

  @Column(name = "attempt_at")
  @Nullable Instant attemptAt;

  int losses;
  @Nullable String owner;
  long fence;
  public @Nullable String node;
  boolean forced;

  @Column(name = "requested_by")
  public @Nullable String requestedBy;

  @Column(name = "cancel_by")
  @Nullable String cancelBy;

  public @Nullable String payload;
  public @Nullable String result;

  @Nullable String choices;

  boolean items;

  @Column(name = "failure_type")
  public @Nullable String failureType;

  @Column(name = "failure_message")
  public @Nullable String failureMessage;

  @Column(name = "failure_trace")
  public @Nullable String failureTrace;

  @Column(name = "failure_group")
  @Nullable String failureGroup;

  public @Nullable String reason;

  @Column(name = "progress_done")
  public @Nullable Long progressDone;

  @Column(name = "progress_total")
  public @Nullable Long progressTotal;

  /** Returns the time from the first start to the end; zero while there is none. */
  public Duration duration() {
    return startedAt == null || endedAt == null
        ? Duration.ZERO
        : Duration.between(startedAt, endedAt);
  }
}
