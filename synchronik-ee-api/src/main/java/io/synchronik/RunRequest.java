package io.synchronik;

import org.jspecify.annotations.Nullable;

/**
 * How a run is asked for. Immutable.
 *
 * @param payload given to the run; anything that JSON-B can write, may be null
 * @param force whether a disabled or paused unit runs all the same
 * @param requestedBy who asks, for the history; null for the caller's principal or {@code code}
 */
public record RunRequest(@Nullable Object payload, boolean force, @Nullable String requestedBy) {
  /** No payload, not forced. */
  public static final RunRequest PLAIN = new RunRequest(null, false, null);

  /** Returns a copy with a payload. */
  public RunRequest withPayload(@Nullable Object value) {
    return new RunRequest(value, force, requestedBy);
  }

  /** Returns a copy that runs disabled and paused units as well. */
  public RunRequest forced() {
    return new RunRequest(payload, true, requestedBy);
  }

  /** Returns a copy that names who asks. */
  public RunRequest by(String who) {
    return new RunRequest(payload, force, who);
  }
}
