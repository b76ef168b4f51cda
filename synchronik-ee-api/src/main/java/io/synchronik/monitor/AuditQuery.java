package io.synchronik.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit to list, newest first. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the limit is out of its range.
 *
 * @param target only what was done to this; null for all
 * @param by only what this caller did; null for all
 * @param action only this was done; null for all
 * @param before only entries before the one with this id, as {@link io.synchronik.run.Page#next}
 *     has it; null for the beginning
 * @param limit how many at most, 1 to 1,000
 */
public record AuditQuery(
    @Nullable String target,
    @Nullable String by,
    @Nullable String action,
    @Nullable String before,
    int limit) {
  /** The latest 50. */
  public static final AuditQuery LATEST = new AuditQuery(null, null, null, null, 50);

  public AuditQuery {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, not " + limit);
    }
  }

  /** Returns a copy for what was done to something. */
  public AuditQuery of(String id) {
    return new AuditQuery(id, by, action, before, limit);
  }

  /** Returns a copy for what somebody did. */
  public AuditQuery by(String name) {
    return new AuditQuery(target, name, action, before, limit);
  }

  /** Returns a copy for one action. */
  public AuditQuery action(String one) {
    return new AuditQuery(target, by, one, before, limit);
  }

  /** Returns a copy that goes on behind an entry. */
  public AuditQuery before(@Nullable String id) {
    return new AuditQuery(target, by, action, id, limit);
  }

  /** Returns a copy with another limit. */
  public AuditQuery limit(int most) {
    return new AuditQuery(target, by, action, before, most);
  }
}
