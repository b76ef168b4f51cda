package io.synchronik.impl.net;

/**
 * The state of a task in a run.
 *
 * <pre>
 *   DISABLED ─marked─▶ WAITING ─DelayOver─▶ ENABLED ─Started─▶ STARTED ─Ended─▶ COMPLETED | FAILED
 *      ▲  │ └───────no delay──────────────────▲ │                 └──────────▶ CANCELED
 *      │  └─may not run─▶ SKIPPED               │
 *      └──────token taken by another task───────┘  (from WAITING too)
 *
 *   WAITING, ENABLED ──▶ CANCELED, or SKIPPED when a failure stops the run
 *   COMPLETED ─marked again─▶ WAITING | ENABLED with the next generation
 * </pre>
 */
public enum TaskState {
  /** Not reached, or no longer. */
  DISABLED,
  /** Its inputs are marked; its delay has not passed. */
  WAITING,
  /** An item of it is ready to run. */
  ENABLED,
  /** An item of it runs. */
  STARTED,
  /** It succeeded. */
  COMPLETED,
  /** It failed. */
  FAILED,
  /** It was cancelled while it was active. */
  CANCELED,
  /** It did not run; there is a reason. */
  SKIPPED;

  private static final TaskState[] ALL = values();

  static TaskState at(int ordinal) {
    return ALL[ordinal];
  }

  /** Returns whether something of it is to be waited for. */
  public boolean isActive() {
    return switch (this) {
      case WAITING, ENABLED, STARTED -> true;
      case DISABLED, COMPLETED, FAILED, CANCELED, SKIPPED -> false;
    };
  }

  /** Returns whether it is a verdict. */
  public boolean isFinal() {
    return this != DISABLED && !isActive();
  }
}
