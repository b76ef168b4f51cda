package io.synchronik.item;

/**
 * Decides what the ends of items mean for their run. Asked on a thread of the engine that it may
 * block, outside any transaction, after items have ended: once for several that ended together, and
 * again after a restart; so it should decide by the statistics. Of one run it is asked one question
 * at a time, of several runs of a worker at once. When all items are final it is asked a last time,
 * and {@link ItemDecision#CONTINUE} completes the run; a run without items completes unasked.
 *
 * <p>One that throws is logged and fails the run; so does one that has not answered within {@code
 * synchronik.answer-limit} (default 30 s), whose thread is interrupted.
 */
@FunctionalInterface
public interface ItemPolicy {
  /**
   * Decides.
   *
   * @param standing how the items stand
   * @return what becomes of the run
   */
  ItemDecision decide(ItemStanding standing);

  /** The first item that fails for good fails the run. */
  static ItemPolicy failFast() {
    return standing ->
        standing.statistics().failed() > 0 ? ItemDecision.FAIL : ItemDecision.CONTINUE;
  }

  /** The run completes when all items are final, however many failed. */
  static ItemPolicy continueOnFailure() {
    return standing -> ItemDecision.CONTINUE;
  }

  /**
   * The run fails when more than some percent of all its items failed, judged from when none can be
   * added any more.
   *
   * @param percent 0 to 100
   * @throws IllegalArgumentException if it is out of its range
   */
  static ItemPolicy failAbove(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("percent must be 0 to 100, not " + percent);
    }
    return standing ->
        !standing.open() && standing.statistics().failedPercentage() > percent
            ? ItemDecision.FAIL
            : ItemDecision.CONTINUE;
  }

  /**
   * The run fails when more than so many items failed.
   *
   * @param count not negative
   * @throws IllegalArgumentException if it is negative
   */
  static ItemPolicy failAboveCount(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, not " + count);
    }
    return standing ->
        standing.statistics().failed() > count ? ItemDecision.FAIL : ItemDecision.CONTINUE;
  }

  /**
   * The run completes at so many successes, and what is left is withdrawn; it fails when all items
   * are final with fewer, unless there are none.
   *
   * @param successes at least 1
   * @throws IllegalArgumentException if it is less
   */
  static ItemPolicy completeAt(long successes) {
    return completeAt(successes, Rest.CANCEL);
  }

  /**
   * The same, with a say in what happens to the rest.
   *
   * @param successes at least 1
   * @param rest what becomes of items that are not final then
   * @throws IllegalArgumentException if {@code successes} is less than 1
   */
  static ItemPolicy completeAt(long successes, Rest rest) {
    if (successes < 1) {
      throw new IllegalArgumentException("successes must be at least 1, not " + successes);
    }
    return standing -> {
      boolean reached = standing.statistics().completed() >= successes;
      if (standing.over()) {
        return reached ? ItemDecision.COMPLETE : ItemDecision.FAIL;
      }
      return reached && rest == Rest.CANCEL ? ItemDecision.COMPLETE : ItemDecision.CONTINUE;
    };
  }

  /** What becomes of items that are not final when enough have succeeded. */
  enum Rest {
    /** They are withdrawn. */
    CANCEL,
    /** They are worked off first; more failures change nothing. */
    FINISH
  }
}
