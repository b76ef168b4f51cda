package io.synchronik.impl.net;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * An immutable array of longs. A changed copy shares all chunks but the changed ones, so that a
 * step on a large net copies little, and what differs between two states is found fast.
 */
final class LongVector {
  private static final int BITS = 5;
  private static final int CHUNK = 1 << BITS;
  private static final int MASK = CHUNK - 1;
  private static final long[] ZEROS = new long[CHUNK];

  private final long[][] chunks;

  private LongVector(long[][] chunks) {
    this.chunks = chunks;
  }

  static LongVector zeros(int size) {
    long[][] chunks = new long[(size + MASK) >>> BITS][];
    Arrays.fill(chunks, ZEROS);
    return new LongVector(chunks);
  }

  long get(int index) {
    return chunks[index >>> BITS][index & MASK];
  }

  Edit edit() {
    return new Edit(chunks);
  }

  /** Calls back with each index at which this vector differs from another of the same size. */
  void differences(LongVector other, IntConsumer found) {
    for (int c = 0; c < chunks.length; c++) {
      if (chunks[c] != other.chunks[c]) {
        for (int i = 0; i < CHUNK; i++) {
          if (chunks[c][i] != other.chunks[c][i]) {
            found.accept((c << BITS) + i);
          }
        }
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LongVector vector && Arrays.deepEquals(chunks, vector.chunks);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(chunks);
  }

  /** A copy in the making. */
  static final class Edit {
    private final long[][] base;
    private long[][] chunks;

    private Edit(long[][] base) {
      this.base = base;
      this.chunks = base;
    }

    long get(int index) {
      return chunks[index >>> BITS][index & MASK];
    }

    void set(int index, long value) {
      int chunk = index >>> BITS;
      if (chunks[chunk][index & MASK] == value) {
        return;
      }
      if (chunks == base) {
        chunks = base.clone();
      }
      if (chunks[chunk] == base[chunk]) {
        chunks[chunk] = base[chunk].clone();
      }
      chunks[chunk][index & MASK] = value;
    }

    /** Returns the result. The edit must not be used any more. */
    LongVector done() {
      return new LongVector(chunks);
    }
  }
}
