package io.synchronik.sample.health;

import io.synchronik.sample.database.InstantColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A watched target: disabled when three checks in a row have failed, enabled by a person. */
@Entity
@Table(name = "sample_target")
public class Target {
  static final int TOLERATED = 3;

  @Id private String id;

  @Column(nullable = false)
  private boolean enabled = true;

  /** Failed checks in a row. */
  @Column(nullable = false)
  private int failures;

  @Column(name = "last_error")
  private @Nullable String lastError;

  @Convert(converter = InstantColumn.class)
  @Column(name = "checked_at")
  private @Nullable Instant checkedAt;

  protected Target() {}

  Target(String id) {
    this.id = id;
  }

  /**
   * What is told about a target.
   *
   * @param id its name in the settings
   * @param enabled whether it is checked
   * @param failures failed checks in a row
   * @param lastError why the last check failed, null when it did not
   * @param checkedAt when it was checked last, null when it was not since it was enabled
   */
  public record View(
      String id,
      boolean enabled,
      int failures,
      @Nullable String lastError,
      @Nullable Instant checkedAt) {}

  /** Takes in a check and returns whether this one disabled the target. */
  boolean checked(@Nullable String error, Instant now) {
    checkedAt = now;
    lastError = error;
    failures = error == null ? 0 : failures + 1;
    if (!enabled || failures < TOLERATED) {
      return false;
    }
    enabled = false;
    return true;
  }

  /** Starts anew, as if it had never been checked. */
  void enable() {
    enabled = true;
    failures = 0;
    lastError = null;
    checkedAt = null;
  }

  boolean isEnabled() {
    return enabled;
  }

  View view() {
    return new View(id, enabled, failures, lastError, checkedAt);
  }
}
