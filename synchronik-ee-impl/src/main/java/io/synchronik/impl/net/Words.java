package io.synchronik.impl.net;

/**
 * How the state of a task and the tokens of a place are kept in one long each.
 *
 * <pre>
 *   task:  generation (32) | task that the reason names (24) | kind of reason (4) | state (4)
 *   place: dead tokens (32) | live tokens (32)
 * </pre>
 */
final class Words {
  private static final long LIVE = 1L;
  private static final long DEAD = 1L << 32;

  private Words() {}

  @SuppressWarnings("EnumOrdinal") // in memory only: rows hold names
  static long task(int generation, TaskState state, ReasonKind reason, int named) {
    return ((long) generation << 32)
        | ((long) named << 8)
        | ((long) reason.ordinal() << 4)
        | state.ordinal();
  }

  static TaskState state(long task) {
    return TaskState.at((int) task & 0xF);
  }

  static ReasonKind reason(long task) {
    return ReasonKind.at((int) task >>> 4 & 0xF);
  }

  static int named(long task) {
    return (int) task >>> 8;
  }

  static int generation(long task) {
    return (int) (task >>> 32);
  }

  static int live(long place) {
    return (int) place;
  }

  static int dead(long place) {
    return (int) (place >>> 32);
  }

  static long plus(long place, boolean live) {
    return place + (live ? LIVE : DEAD);
  }

  /** Takes one token, a live one first. */
  static long minusOne(long place) {
    return place - (live(place) > 0 ? LIVE : DEAD);
  }

  static long place(int live, int dead) {
    return ((long) dead << 32) | live;
  }
}
