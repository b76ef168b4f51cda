package io.synchronik.impl.net.plan;

/**
 * For each of some keys a list of ints, all in one array.
 *
 * @param starts where the list of a key begins; one more than keys
 * @param values the lists, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; reading an element must cost nothing
public record Relation(int[] starts, int[] values) {
  /** Groups values by their keys; in each list they keep their order. */
  static Relation of(int keys, IntList key, IntList value) {
    int[] starts = new int[keys + 1];
    for (int i = 0; i < key.size(); i++) {
      starts[key.get(i) + 1]++;
    }
    for (int k = 0; k < keys; k++) {
      starts[k + 1] += starts[k];
    }
    int[] next = starts.clone();
    int[] values = new int[key.size()];
    for (int i = 0; i < key.size(); i++) {
      values[next[key.get(i)]++] = value.get(i);
    }
    return new Relation(starts, values);
  }

  public int from(int key) {
    return starts[key];
  }

  public int to(int key) {
    return starts[key + 1];
  }

  public int count(int key) {
    return starts[key + 1] - starts[key];
  }

  public int at(int position) {
    return values[position];
  }
}
