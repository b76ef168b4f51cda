package io.synchronik.impl.exec;

import java.util.TreeSet;

/** Numbers the times that work is taken for this node, and knows which of them are under way. */
final class Takings {
  private final TreeSet<Long> underWay = new TreeSet<>();
  private long last;

  synchronized long begin() {
    underWay.add(++last);
    return last;
  }

  synchronized void end(long taking) {
    underWay.remove(taking);
  }

  /** Returns the last that has begun. */
  synchronized long begun() {
    return last;
  }

  /** Returns the last up to which all are done. */
  synchronized long done() {
    return underWay.isEmpty() ? last : underWay.first() - 1;
  }
}
