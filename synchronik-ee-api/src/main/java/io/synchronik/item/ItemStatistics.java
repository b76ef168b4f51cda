package io.synchronik.item;

/**
 * How many items of a run are in which state, at one moment. Immutable.
 *
 * @param initialized that wait, those that wait for a retry included
 * @param started under way
 * @param completed done
 * @param failed for good
 * @param canceled withdrawn
 */
public record ItemStatistics(
    long initialized, long started, long completed, long failed, long canceled) {
  /** No items. */
  public static final ItemStatistics NONE = new ItemStatistics(0, 0, 0, 0, 0);

  /** Returns the sum of all. */
  public long total() {
    return initialized + started + completed + failed + canceled;
  }

  /** Returns how many are final. */
  public long ended() {
    return completed + failed + canceled;
  }

  /** Returns whether all are final; also when there are none. */
  public boolean allFinal() {
    return initialized + started == 0;
  }

  /** Returns the share that failed in percent of the total, 0 to 100; 0 when there are none. */
  public double failedPercentage() {
    return total() == 0 ? 0 : 100.0 * failed / total();
  }
}
