package io.synchronik.event;

import io.synchronik.unit.UnitId;
import java.util.Objects;

/** An event about one unit. */
public sealed interface UnitEvent extends SynchronikEvent
    permits UnitStarted,
        UnitCompleted,
        UnitFailed,
        UnitUpdated,
        UnitSkipped,
        UnitCancelled,
        UnitRetried,
        UnitMisfired,
        ItemChanged,
        ItemsReset {

  /** Returns the unit. */
  default UnitId unit() {
    return Objects.requireNonNull(origin().unit());
  }
}
