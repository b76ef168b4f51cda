package io.synchronik.impl.tx;

import org.jspecify.annotations.Nullable;

/** What failed first of several things that are done whatever becomes of the others. */
final class FirstFailure {
  private @Nullable RuntimeException exception;
  private @Nullable Error error;

  /** Does one of them. */
  void guard(Runnable one) {
    try {
      one.run();
    } catch (RuntimeException | Error e) {
      keep(e);
    }
  }

  /** One of them has failed. */
  void keep(Throwable failure) {
    if (exception == null && error == null) {
      if (failure instanceof Error first) {
        error = first;
      } else if (failure instanceof RuntimeException first) {
        exception = first;
      }
    }
  }

  /** Throws what failed first, when anything did. */
  void rethrow() {
    if (error != null) {
      throw error;
    }
    if (exception != null) {
      throw exception;
    }
  }
}
