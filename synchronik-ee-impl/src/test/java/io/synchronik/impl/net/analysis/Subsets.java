package io.synchronik.impl.net.analysis;

import java.util.ArrayList;
import java.util.List;

/** The ways through a split that takes one output or more. */
final class Subsets {
  private Subsets() {}

  static <T> List<List<T>> of(List<T> all) {
    List<List<T>> subsets = new ArrayList<>();
    for (int bits = 1; bits < 1 << all.size(); bits++) {
      List<T> some = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        if ((bits >> i & 1) == 1) {
          some.add(all.get(i));
        }
      }
      subsets.add(some);
    }
    return subsets;
  }
}
