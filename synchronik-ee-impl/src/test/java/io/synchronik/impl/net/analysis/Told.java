package io.synchronik.impl.net.analysis;

import java.util.List;

/** Verdicts in the words of those that are compared with; of several flaws any may be told. */
final class Told {
  private Told() {}

  static String of(Verdict verdict) {
    if (verdict instanceof Verdict.Sound) {
      return "sound";
    }
    return verdict instanceof Verdict.Unsound ? "unsound" : "unknown";
  }

  /** Returns the first word. */
  static String first(String verdict) {
    return List.of(verdict.split(" ")).get(0);
  }
}
