package io.synchronik.impl.net;

import io.synchronik.impl.net.plan.IntList;
import io.synchronik.impl.net.plan.Net;

/** The tokens of a run within a step, and the tasks that feel their changes. */
final class Tokens {
  final LongVector.Edit places;

  /** Of each task, how many of its input places are marked. */
  final LongVector.Edit marked;

  /** Tasks whose inputs have changed: to be enabled, skipped or withdrawn. */
  final IntList affected = new IntList(8);

  private final Net net;

  Tokens(Net net, NetState state) {
    this.net = net;
    places = state.places.edit();
    marked = state.marked.edit();
  }

  /** Whether the inputs of a task are marked as its join asks. */
  boolean satisfy(int task) {
    long count = marked.get(task);
    return count > 0 && (net.isXorJoin(task) || count == net.inputs.count(task));
  }

  /** Returns the first parent, in the order of flows, whose token is dead. */
  int whoForbids(int task) {
    for (int i = net.inputs.from(task); i < net.inputs.to(task); i++) {
      int place = net.inputs.at(i);
      long tokens = places.get(place);
      if (Words.dead(tokens) > 0 && Words.live(tokens) == 0) {
        return net.producer(place);
      }
    }
    return Net.NONE;
  }

  /** Takes the tokens of one start of a task. */
  void take(int task) {
    for (int i = net.inputs.from(task); i < net.inputs.to(task); i++) {
      int place = net.inputs.at(i);
      if (places.get(place) != 0) {
        unmark(place, task);
        if (net.isXorJoin(task)) {
          return;
        }
      }
    }
  }

  void mark(int place, boolean live) {
    long before = places.get(place);
    places.set(place, Words.plus(before, live));
    if (before == 0) {
      countAt(place, 1, Net.NONE);
    }
  }

  private void unmark(int place, int by) {
    long after = Words.minusOne(places.get(place));
    places.set(place, after);
    if (after == 0) {
      countAt(place, -1, by);
    }
  }

  private void countAt(int place, int change, int except) {
    for (int i = net.consumers.from(place); i < net.consumers.to(place); i++) {
      int task = net.consumers.at(i);
      marked.set(task, marked.get(task) + change);
      if (task != except) {
        affected.add(task);
      }
    }
  }
}
