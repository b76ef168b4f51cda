package io.synchronik.impl.exec;

/** Something that is told in order, a turn at a time. */
public final class Strand {
  private final Strands strands;
  private final String name;
  private final Strands.Turn turn;

  // Guarded by the strands
  private boolean awake;
  private boolean inTurn;
  private long sinceNanos;

  // Within turns
  private boolean failing;

  Strand(Strands strands, String name, Strands.Turn turn) {
    this.strands = strands;
    this.name = name;
    this.turn = turn;
  }

  String name() {
    return name;
  }

  Strands.Turn turn() {
    return turn;
  }

  /** Lets it have a turn soon, and another one when it has one now. */
  public void wake() {
    strands.wake(this);
  }

  /** Notes that there is something to do; returns whether it is to be queued for that. */
  boolean isWoken() {
    boolean queue = !awake && !inTurn;
    if (!awake) {
      sinceNanos = System.nanoTime();
    }
    awake = true;
    return queue;
  }

  /** Returns since when there is something to do that no turn has begun with. */
  long sinceNanos() {
    return sinceNanos;
  }

  void begin() {
    awake = false;
    inTurn = true;
  }

  /** Notes how a turn went; returns whether it failed and the one before did not. */
  boolean isNewFailure(boolean failed) {
    boolean isNew = failed && !failing;
    failing = failed;
    return isNew;
  }

  /** Lets it sleep, whatever there is to do. */
  void failed() {
    inTurn = false;
    awake = false;
  }

  /** Returns whether it is to be queued again. */
  boolean isReadyAfter(boolean more) {
    inTurn = false;
    if (more && !awake) {
      sinceNanos = System.nanoTime();
    }
    awake |= more;
    return awake;
  }
}
