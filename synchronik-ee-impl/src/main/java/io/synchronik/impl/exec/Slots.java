package io.synchronik.impl.exec;

import java.util.function.IntUnaryOperator;

/** Free threads that a piece of work takes as it needs them. Used by one thread. */
public final class Slots {
  /** None, for work that must not own runs. */
  public static final Slots NONE = new Slots(most -> 0);

  private final IntUnaryOperator reserve;
  private int taken;

  /**
   * Creates slots.
   *
   * @param reserve takes at most so many and returns how many
   */
  Slots(IntUnaryOperator reserve) {
    this.reserve = reserve;
  }

  /** Takes one; false when there is none. */
  public boolean takeOne() {
    return take(1) == 1;
  }

  /** Takes at most so many; returns how many. */
  public int take(int most) {
    int more = reserve.applyAsInt(most);
    taken += more;
    return more;
  }

  /** Returns how many were taken in all. */
  int taken() {
    return taken;
  }
}
