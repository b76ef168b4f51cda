package io.synchronik.impl.unit;

import java.util.List;

/**
 * What becomes of the transaction of an attempt that fails, as {@code @Transactional} says: it is
 * rolled back for unchecked exceptions and errors, and committed for all others.
 *
 * @param rollbackOn classes for which it is rolled back, with their subclasses
 * @param dontRollbackOn classes for which it is committed, with their subclasses; they go first
 */
public record RollbackRules(List<Class<?>> rollbackOn, List<Class<?>> dontRollbackOn) {
  /** Returns whether what the attempt has written is rolled back when it fails by an exception. */
  public boolean rollsBack(Throwable thrown) {
    if (isOneOf(dontRollbackOn, thrown)) {
      return false;
    }
    return thrown instanceof RuntimeException
        || thrown instanceof Error
        || isOneOf(rollbackOn, thrown);
  }

  private static boolean isOneOf(List<Class<?>> classes, Throwable thrown) {
    return classes.stream().anyMatch(one -> one.isInstance(thrown));
  }
}
