package io.synchronik.pool;

import org.jspecify.annotations.Nullable;

/**
 * What to change of a task. Immutable.
 *
 * @param priority the new priority; null to leave it
 * @param payload the new payload; null to leave it
 */
public record PoolTaskChange(@Nullable Integer priority, @Nullable NewPayload payload) {
  /** Changes nothing. */
  public static final PoolTaskChange NONE = new PoolTaskChange(null, null);

  /**
   * A payload in the place of another.
   *
   * @param value anything that JSON-B can write; null for none
   */
  public record NewPayload(@Nullable Object value) {}

  /** Returns a copy that sets the priority as well. */
  public PoolTaskChange withPriority(int value) {
    return new PoolTaskChange(value, payload);
  }

  /** Returns a copy that sets the payload as well; null takes it away. */
  public PoolTaskChange withPayload(@Nullable Object value) {
    return new PoolTaskChange(priority, new NewPayload(value));
  }
}
