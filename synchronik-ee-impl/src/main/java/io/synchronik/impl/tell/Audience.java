package io.synchronik.impl.tell;

/** Who is told of events; none waits for another. */
enum Audience {
  /** Hooks, observers and subscribers. */
  SYNC("sync"),
  /** Asynchronous observers. */
  ASYNC("async");

  private final String code;

  Audience(String code) {
    this.code = code;
  }

  /** Returns how it is stored. */
  String code() {
    return code;
  }

  static Audience of(String code) {
    return code.equals(ASYNC.code) ? ASYNC : SYNC;
  }
}
