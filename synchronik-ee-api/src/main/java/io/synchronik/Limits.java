package io.synchronik;

final class Limits {
  private Limits() {}

  static void check(int limit) {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must be 1 to 1000, not " + limit);
    }
  }
}
