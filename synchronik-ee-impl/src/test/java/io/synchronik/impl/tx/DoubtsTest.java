package io.synchronik.impl.tx;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.settings.DatabaseClock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;

class DoubtsTest {
  private final Tx tx = new Tx(null, new DatabaseClock(), Tx.Owner.CALLER);

  @Test
  void whatFollowsACommitAndFailsIsToldOnce() {
    Doubts doubts =
        new Doubts(
            marker -> Tx.End.COMMITTED,
            (ended, end) -> {
              throw new InternalError("test");
            });
    Logger log = Logger.getLogger(Doubts.class.getName());
    Queue<LogRecord> warnings = new ConcurrentLinkedQueue<>();
    Handler handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord line) {
            if (Level.WARNING.equals(line.getLevel())) {
              warnings.add(line);
            }
          }
        };
    log.addHandler(handler);
    try {
      assertThat(doubts.decide(tx, session -> {}, Duration.ZERO)).isEqualTo(Tx.End.COMMITTED);
      doubts.settle();
    } finally {
      log.removeHandler(handler);
    }
    assertThat(warnings).hasSize(1);
  }
}
