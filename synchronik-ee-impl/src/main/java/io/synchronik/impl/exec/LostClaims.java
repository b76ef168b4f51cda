package io.synchronik.impl.exec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds claims that this node owns by the tables and does not work on: the commit of a claim failed
 * and came true all the same. A claim stands in the tables before its thread knows that; so what
 * was seen while work was being taken counts as lost only when all that was taking it then is done.
 *
 * @param <C> what a claim is known by, with its fence
 */
public final class LostClaims<C> {
  private final Takings takings;

  /** What nobody was seen to work on, and what was being taken at most when it was first seen. */
  private Map<C, Long> idle = Map.of();

  LostClaims(Takings takings) {
    this.takings = takings;
  }

  /**
   * Returns those that are lost.
   *
   * @param owned by this node, as just read from the tables
   * @param held tells what is being worked on
   */
  public synchronized List<C> among(Collection<C> owned, Predicate<C> held) {
    long begun = takings.begun();
    // Asked before what is held: a taking that is done has said so
    long done = takings.done();
    Map<C, Long> before = idle;
    Map<C, Long> now = new HashMap<>();
    List<C> lost = new ArrayList<>();
    for (C claim : owned) {
      if (!held.test(claim)) {
        long seen = before.getOrDefault(claim, begun);
        if (seen <= done) {
          lost.add(claim);
        }
        now.put(claim, seen);
      }
    }
    idle = now;
    return lost;
  }
}
