package io.synchronik.impl.net.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Finds a shortest cycle through the first node of each group of nodes that reach one another. The
 * groups are Tarjan's strongly connected components, found without recursion, so that a long chain
 * needs no deep stack.
 */
final class Cycles {
  private static final int UNSEEN = -1;

  private final Relation next;
  private final int size;
  private final int[] order;
  private final int[] low;
  private final int[] position;
  private final int[] group;
  private final int[] cameFrom;
  private final ArrayDeque<Integer> open = new ArrayDeque<>();
  private int seen;

  Cycles(Relation next) {
    this.next = next;
    size = next.starts().length - 1;
    order = filled();
    low = new int[size];
    position = new int[size];
    group = filled();
    cameFrom = filled();
  }

  private int[] filled() {
    int[] array = new int[size];
    Arrays.fill(array, UNSEEN);
    return array;
  }

  /** Returns the cycles, each beginning and ending with the same node, in the order of nodes. */
  List<List<Integer>> find() {
    int[] members = new int[size];
    for (int node = 0; node < size; node++) {
      if (order[node] == UNSEEN) {
        visit(node);
      }
      members[group[node]]++;
    }
    List<List<Integer>> cycles = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      if (members[group[node]] > 1) {
        members[group[node]] = 0;
        cycles.add(cycleThrough(node));
      }
    }
    return cycles;
  }

  private void visit(int root) {
    ArrayDeque<Integer> path = new ArrayDeque<>();
    enter(root, path);
    while (!path.isEmpty()) {
      int node = path.getLast();
      if (position[node] < next.to(node)) {
        int child = next.at(position[node]++);
        if (order[child] == UNSEEN) {
          enter(child, path);
        } else if (group[child] == UNSEEN) {
          low[node] = Math.min(low[node], order[child]);
        }
      } else {
        path.removeLast();
        if (!path.isEmpty()) {
          int parent = path.getLast();
          low[parent] = Math.min(low[parent], low[node]);
        }
        if (low[node] == order[node]) {
          close(node);
        }
      }
    }
  }

  private void enter(int node, ArrayDeque<Integer> path) {
    order[node] = seen;
    low[node] = seen++;
    position[node] = next.from(node);
    path.addLast(node);
    open.addLast(node);
  }

  private void close(int node) {
    int member;
    do {
      member = open.removeLast();
      group[member] = node;
    } while (member != node);
  }

  private List<Integer> cycleThrough(int start) {
    ArrayDeque<Integer> ahead = new ArrayDeque<>();
    ahead.add(start);
    while (cameFrom[start] == UNSEEN) {
      int node = ahead.remove();
      for (int i = next.from(node); i < next.to(node); i++) {
        int child = next.at(i);
        if (group[child] == group[start] && cameFrom[child] == UNSEEN) {
          cameFrom[child] = node;
          ahead.add(child);
        }
      }
    }
    List<Integer> cycle = new ArrayList<>(List.of(start));
    int node = cameFrom[start];
    while (node != start) {
      cycle.add(node);
      node = cameFrom[node];
    }
    cycle.add(start);
    Collections.reverse(cycle);
    return cycle;
  }
}
