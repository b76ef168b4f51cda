package io.synchronik.worker;

import org.jspecify.annotations.Nullable;

/**
 * How much of a worker's items is worked on at once, all its runs together. What counts is calls
 * that are under way: one item, or one chunk. Immutable.
 *
 * <p>Limits are kept by permits in the database, which a node takes with its items and gives back
 * when these are recorded; those of a lost node are free when its work is taken over. An attempt
 * that does not react to its interruption may outlast its permit.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is out of its range; the
 * message names it.
 *
 * @param concurrency calls at once over all nodes, 1 to 10,000; 0 (default) for no limit
 * @param nodeConcurrency calls at once on each node, 1 to 10,000; 0 (default) for no limit
 * @param queue name of a limit that several workers share, 1 to 128 of letters, digits, {@code . _
 *     - :}; its size is the setting {@code synchronik.queue."<name>"} of each node, 1 by default,
 *     so that one call at a time is under way for all these workers; null (default) for none
 * @param rate how many items may begin within a time, over all nodes; null (default) for no limit
 */
public record ItemLimits(
    int concurrency, int nodeConcurrency, @Nullable String queue, @Nullable RateLimit rate) {
  private static final int MOST = 10_000;

  /** No limits. */
  public static final ItemLimits NONE = new ItemLimits(0, 0, null, null);

  public ItemLimits {
    check("concurrency", concurrency);
    check("nodeConcurrency", nodeConcurrency);
    if (queue != null && !queue.matches("[A-Za-z0-9._:-]{1,128}")) {
      throw new IllegalArgumentException(
          "queue must be 1 to 128 of letters, digits, '.', '_', '-', ':', not '" + queue + "'");
    }
  }

  private static void check(String name, int value) {
    if (value < 0 || value > MOST) {
      throw new IllegalArgumentException(name + " must be 0 to " + MOST + ", not " + value);
    }
  }

  /** Returns whether nothing is limited. */
  public boolean isNone() {
    return equals(NONE);
  }
}
