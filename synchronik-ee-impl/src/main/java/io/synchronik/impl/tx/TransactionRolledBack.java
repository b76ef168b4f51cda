package io.synchronik.impl.tx;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.SynchronikException;
import org.jspecify.annotations.Nullable;

/** A transaction did not commit, as far as the transaction manager tells. */
final class TransactionRolledBack extends SynchronikException {
  private static final long serialVersionUID = 1L;

  TransactionRolledBack(@Nullable Throwable cause) {
    super(Message.ROLLED_BACK.with(), cause);
  }
}
