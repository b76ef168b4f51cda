package io.synchronik.impl.store.jpa;

import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatistics;
import io.synchronik.unit.UnitStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code sk_unit}. */
@Entity
@Table(name = "sk_unit")
@IdClass(AppKey.class)
public class UnitEntity {
  public @Id String app;
  public @Id String id;
  public UnitKind kind;
  public String name;
  public String description;
  public String implementation;
  public String configuration;
  String version = "";
  public boolean enabled;

  @Column(name = "paused_by")
  public @Nullable String pausedBy;

  @Column(name = "paused_until")
  public @Nullable Instant pausedUntil;

  public boolean releasing;
  public UnitStatus status;

  @Column(name = "active_runs")
  int activeRuns;

  @Column(name = "run_count")
  long runCount;

  @Column(name = "completed_count")
  long completedCount;

  @Column(name = "failed_count")
  long failedCount;

  @Column(name = "duration_sum_ms")
  long durationSumMs;

  @Column(name = "duration_min_ms")
  long durationMinMs;

  @Column(name = "duration_max_ms")
  long durationMaxMs;

  @Column(name = "last_run")
  @Nullable String lastRun;

  @Column(name = "last_started_at")
  @Nullable Instant lastStartedAt;

  @Column(name = "last_completed_at")
  @Nullable Instant lastCompletedAt;

  /** Returns the id. */
  public String id() {
    return id;
  }

  /** Returns name and description as the code gives them, and where the work stands. */
  public Texts texts() {
    return new Texts(kind, name, description, implementation);
  }

  /** Returns what was changed at runtime, as JSON. */
  public String configuration() {
    return configuration;
  }

  /** Returns its flags. */
  public UnitFacts facts() {
    return new UnitFacts(enabled, pausedBy, pausedUntil, releasing, activeRuns);
  }

  /** Returns the status as stored, which does not know of pauses. */
  public UnitStatus status() {
    return status;
  }

  /** Returns the numbers, with the latest durations that the history has. */
  public UnitStatistics statistics(List<Duration> latest) {
    return new UnitStatistics(
        runCount,
        completedCount,
        failedCount,
        Duration.ofMillis(durationSumMs),
        new UnitStatistics.Durations(
            Duration.ofMillis(durationMinMs), Duration.ofMillis(durationMaxMs), latest));
  }

  /** Returns which run started last and when, and when one completed last. */
  public Last last() {
    return new Last(lastRun, lastStartedAt, lastCompletedAt);
  }

  /**
   * What the code says of a unit.
   *
   * @param kind what it is
   * @param name for people
   * @param description for people
   * @param implementation where the work stands
   */
  public record Texts(UnitKind kind, String name, String description, String implementation) {}

  /**
   * The latest of a unit.
   *
   * @param run which run started last
   * @param startedAt when
   * @param completedAt when a run completed last
   */
  public record Last(
      @Nullable String run, @Nullable Instant startedAt, @Nullable Instant completedAt) {}
}
