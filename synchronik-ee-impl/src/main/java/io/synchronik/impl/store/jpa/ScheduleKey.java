package io.synchronik.impl.store.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The key of one of a unit's schedules. */
public final class ScheduleKey implements Serializable {
  private static final long serialVersionUID = 1L;

  String app = "";
  String unit = "";
  int n;

  /** For the JPA provider. */
  public ScheduleKey() {}

  ScheduleKey(String app, String unit, int n) {
    this.app = app;
    this.unit = unit;
    this.n = n;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScheduleKey key
        && app.equals(key.app)
        && unit.equals(key.unit)
        && n == key.n;
  }

  @Override
  public int hashCode() {
    return Objects.hash(app, unit, n);
  }
}
