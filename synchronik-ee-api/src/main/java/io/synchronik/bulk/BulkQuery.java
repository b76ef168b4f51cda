package io.synchronik.bulk;

import org.jspecify.annotations.Nullable;

/**
 * Which bulk actions to list, newest first. Immutable.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if the limit is out of its range.
 *
 * @param before only those before the one with this id, as {@link io.synchronik.run.Page#next} has
 *     it; null for the beginning
 * @param limit how many at most, 1 to 1,000
 * @param running only those that go on; else all
 */
public record BulkQuery(@Nullable String before, int limit, boolean running) {
  /** The latest 50. */
  public static final BulkQuery LATEST = new BulkQuery(null, 50, false);

  public BulkQuery {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, not " + limit);
    }
  }

  /** Returns a copy that goes on behind a bulk action. */
  public BulkQuery before(@Nullable String id) {
    return new BulkQuery(id, limit, running);
  }

  /** Returns a copy with another limit. */
  public BulkQuery limit(int most) {
    return new BulkQuery(before, most, running);
  }

  /** Returns a copy for those that go on. */
  public BulkQuery goingOn() {
    return new BulkQuery(before, limit, true);
  }
}
