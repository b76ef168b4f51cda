package io.synchronik;

import org.jspecify.annotations.Nullable;

/**
 * How a run is asked for. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the key is empty or too long, or has
 * NUL or an unpaired surrogate.
 *
 * @param payload given to the run; anything that JSON-B can write, may be null
 * @param force whether a disabled or paused unit runs all the same
 * @param requestedBy who asks, for the history; null for the caller's principal or {@code code}
 * @param key makes asking repeatable: while the history has a run of the unit with the same key,
 *     that run is the answer and nothing more happens. 1 to 200 characters; null (default) for none
 */
public record RunRequest(
    @Nullable Object payload, boolean force, @Nullable String requestedBy, @Nullable String key) {
  /** No payload, not forced. */
  public static final RunRequest PLAIN = new RunRequest(null, false, null, null);

  public RunRequest {
    if (key != null && (key.isEmpty() || key.length() > 200)) {
      throw new IllegalArgumentException("key must have 1 to 200 characters, not " + key.length());
    }
    if (key != null && key.codePoints().anyMatch(RunRequest::isUnkept)) {
      throw new IllegalArgumentException("key must have neither NUL nor unpaired surrogates");
    }
  }

  private static boolean isUnkept(int point) {
    return point == 0 || Character.getType(point) == Character.SURROGATE;
  }

  /** Returns a copy with a payload. */
  public RunRequest withPayload(@Nullable Object value) {
    return new RunRequest(value, force, requestedBy, key);
  }

  /** Returns a copy that runs disabled and paused units as well. */
  public RunRequest forced() {
    return new RunRequest(payload, true, requestedBy, key);
  }

  /** Returns a copy that names who asks. */
  public RunRequest by(String who) {
    return new RunRequest(payload, force, who, key);
  }

  /**
   * Returns a copy with a key, so that asking again does nothing more.
   *
   * @throws IllegalArgumentException if it is empty or longer than 200 characters, or has NUL or an
   *     unpaired surrogate
   */
  public RunRequest withKey(String value) {
    return new RunRequest(payload, force, requestedBy, value);
  }
}
