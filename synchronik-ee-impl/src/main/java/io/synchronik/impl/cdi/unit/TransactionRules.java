package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.unit.RollbackRules;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * How a worker takes part in transactions.
 *
 * @param type of {@code @Transactional}
 * @param rollback what becomes of a transaction whose attempt fails
 */
record TransactionRules(Transactional.TxType type, RollbackRules rollback) {
  /** Returns the rules on the method, else on the class; empty when there are none. */
  static Optional<TransactionRules> of(Annotated member, Annotated type) {
    Transactional own = member.getAnnotation(Transactional.class);
    Transactional inherited = type.getAnnotation(Transactional.class);
    return Optional.ofNullable(own == null ? inherited : own)
        .map(
            found ->
                new TransactionRules(
                    found.value(),
                    new RollbackRules(
                        List.<Class<?>>of(found.rollbackOn()),
                        List.<Class<?>>of(found.dontRollbackOn()))));
  }

  /** Whether the engine owns the attempt's transaction and the work joins it. */
  boolean joins() {
    return switch (type) {
      case REQUIRED, MANDATORY, SUPPORTS -> true;
      case REQUIRES_NEW, NOT_SUPPORTED, NEVER -> false;
    };
  }
}
