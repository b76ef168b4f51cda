package io.synchronik.impl.net;

import java.util.Arrays;

/** A growing list of ints. */
final class IntList {
  private int[] values;
  private int size;

  IntList(int capacity) {
    values = new int[capacity];
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size * 2));
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }
}
