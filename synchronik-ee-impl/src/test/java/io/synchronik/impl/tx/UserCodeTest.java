package io.synchronik.impl.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCodeTest {
  private final AtomicBoolean fails = new AtomicBoolean();
  private final UserCode code = new UserCode(new NoTransactions(), () -> () -> {});

  /** Else it would not wait for a database that is away any more. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void threadStaysTheEnginesWhateverTheTransactionManagerThrows(boolean before) {
    EngineThread.during(
        () -> {
          fails.set(before);

          assertThatThrownBy(() -> code.tell("It", () -> fails.set(true)))
              .isInstanceOf(LinkageError.class);

          assertThat(EngineThread.isCurrent()).isTrue();
        });
  }

  @Test
  void interruptThatWasMeantForTheCodeEndsWithIt() {
    assertThatThrownBy(
            () ->
                code.tell(
                    "It",
                    () -> {
                      Thread.currentThread().interrupt();
                      fails.set(true);
                    }))
        .isInstanceOf(LinkageError.class);

    assertThat(Thread.interrupted()).isFalse();
  }

  private final class NoTransactions implements TransactionManager {
    @Override
    public int getStatus() {
      if (fails.get()) {
        throw new LinkageError("test");
      }
      return Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public void begin() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void commit() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Transaction getTransaction() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume(Transaction transaction) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void rollback() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setRollbackOnly() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setTransactionTimeout(int seconds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Transaction suspend() {
      throw new UnsupportedOperationException();
    }
  }
}
