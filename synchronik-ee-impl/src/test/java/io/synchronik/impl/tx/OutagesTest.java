package io.synchronik.impl.tx;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
  private final Outages outages =
      new Outages(new Settings.Identity("shop", "node-1", ""), "jdbc/shop", nanos::get);
  private final Logger logger = Logger.getLogger(Outages.class.getName());
  private final List<String> told = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          told.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private void fail(String state) {
    outages.failed(new StoreException("reading", new SQLException("gone", state)));
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void deadConnectionsAmongGoodOnesAreOneOutage() {
    outages.committed();
    for (int i = 0; i < 10; i++) {
      fail("08006");
      pass(900);
      outages.committed();
    }
    assertThat(told).hasSize(1);
    assertThat(outages.isAway()).isTrue();
    pass(100);
    outages.committed();
    outages.committed();

    assertThat(outages.isAway()).isFalse();
    assertThat(told)
        .containsExactly(
            "SYNC-0155 Node 'node-1' of application 'shop' does not reach its database (datasource"
                + " 'jdbc/shop'); its work goes on when that is back: gone",
            "SYNC-0156 Node 'node-1' of application 'shop' reaches its database again, after 9s;"
                + " meanwhile 10 transactions of the engine failed");
    fail("57P01");
    assertThat(told).hasSize(3);
  }

  @Test
  void whatMeetsOneTransactionIsNone() {
    fail("40P01");
    fail("40001");
    fail("57014");
    fail("23505");

    assertThat(told).isEmpty();
    assertThat(outages.isAway()).isFalse();
  }
}
