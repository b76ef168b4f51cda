package io.synchronik.impl.cdi.unit;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** How a worker takes part in transactions. */
final class TransactionRules {
  private TransactionRules() {}

  /** Returns the type on the method, else on the class; empty when there is none. */
  static Optional<Transactional.TxType> of(Annotated member, Annotated type) {
    Transactional own = member.getAnnotation(Transactional.class);
    Transactional inherited = type.getAnnotation(Transactional.class);
    return Optional.ofNullable(own == null ? inherited : own).map(Transactional::value);
  }

  /** Whether the engine owns the attempt's transaction and the work joins it. */
  static boolean joins(Transactional.TxType type) {
    return switch (type) {
      case REQUIRED, MANDATORY, SUPPORTS -> true;
      case REQUIRES_NEW, NOT_SUPPORTED, NEVER -> false;
    };
  }
}
