package io.synchronik.impl.net.plan;

import java.util.Arrays;

/** A growing list of ints. */
public final class IntList {
  private int[] values;
  private int size;

  public IntList(int capacity) {
    values = new int[capacity];
  }

  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, size * 2));
    }
    values[size++] = value;
  }

  public int get(int index) {
    return values[index];
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }
}
