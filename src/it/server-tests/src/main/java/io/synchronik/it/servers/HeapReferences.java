package io.synchronik.it.servers;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The references in a heap, by what they lead to. There are millions of them. */
final class HeapReferences {
  private long[] holders = new long[1 << 20];
  private long[] held = new long[1 << 20];
  private String[] fields = new String[1 << 20];
  private int count;

  // Set when all are there
  private long[] objects = {};
  private int[] firsts = {};
  private int[] sorted = {};

  void add(long holder, String field, long object) {
    if (object == 0) {
      return;
    }
    if (count == held.length) {
      holders = Arrays.copyOf(holders, 2 * count);
      held = Arrays.copyOf(held, 2 * count);
      fields = Arrays.copyOf(fields, 2 * count);
    }
    holders[count] = holder;
    held[count] = object;
    fields[count] = field;
    count++;
  }

  /** All have been added. */
  void sort() {
    objects = Arrays.stream(held, 0, count).sorted().distinct().toArray();
    firsts = new int[objects.length + 1];
    for (int i = 0; i < count; i++) {
      firsts[index(held[i]) + 1]++;
    }
    Arrays.parallelPrefix(firsts, Integer::sum);
    int[] next = firsts.clone();
    sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[next[index(held[i])]++] = i;
    }
  }

  private int index(long object) {
    return Arrays.binarySearch(objects, object);
  }

  /** Tells the numbers of those that lead to an object. */
  void to(long object, IntConsumer told) {
    int index = index(object);
    for (int i = index < 0 ? 0 : firsts[index]; index >= 0 && i < firsts[index + 1]; i++) {
      told.accept(sorted[i]);
    }
  }

  long holder(int reference) {
    return holders[reference];
  }

  long held(int reference) {
    return held[reference];
  }

  /** Returns what an object holds in a field, 0 when there is none. */
  long held(long holder, String field) {
    for (int i = 0; i < count; i++) {
      if (holders[i] == holder && fields[i].equals(field)) {
        return held[i];
      }
    }
    return 0;
  }

  String field(int reference) {
    return fields[reference];
  }
}
