package io.synchronik.impl.due;

import io.synchronik.schedule.Misfire;
import java.time.Instant;
import java.util.Locale;

/**
 * Due times that nobody fired in time.
 *
 * @param first the earliest of them
 * @param firedAt when that was noticed
 * @param count how many
 * @param policy what was done about it
 */
public record Missed(Instant first, Instant firedAt, long count, Misfire policy) {
  /** Returns what the policy made of those that got no run. */
  public String made() {
    return switch (policy) {
      case FIRE_ONCE -> "one run made up for all " + count;
      case SKIP -> "missed times are passed over";
      case CATCH_UP -> "the latest ones alone were made up for";
    };
  }

  /** Returns the policy as it is written in configurations. */
  public String policyText() {
    return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
