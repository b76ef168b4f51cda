package io.synchronik.impl.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.store.jdbc.DatabaseAway;
import io.synchronik.impl.store.jdbc.NamedDataSource;
import io.synchronik.impl.store.jdbc.StoreException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final long PAUSE = Gate.BETWEEN_TRIES.toNanos();

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
  private final Gate gate = new Gate(nanos::get);

  @BeforeEach
  void engineRuns() {
    gate.waiting(true);
  }

  private static StoreException lost() {
    return new StoreException("reading", new SQLException("gone", "08006"));
  }

  /** As the engine's datasource says it. */
  private static StoreException refused() {
    DataSource none =
        (DataSource)
            Proxy.newProxyInstance(
                GateTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                  throw new SQLException("refused", "08001");
                });
    try {
      new NamedDataSource("jdbc/shop", none).getConnection().close();
      throw new AssertionError();
    } catch (SQLException e) {
      return new StoreException("connecting", e);
    }
  }

  @Test
  void oneTryAtATimeGoesThrough() {
    assertThat(gate.nanosToWait()).isZero();
    long entered = gate.enter();
    gate.failed(entered, refused());

    for (int i = 0; i < 5; i++) {
      assertThat(gate.nanosToWait()).isEqualTo(PAUSE);
      nanos.addAndGet(PAUSE - 1);
      assertThat(gate.nanosToWait()).isEqualTo(1);
      nanos.addAndGet(1);
      assertThat(gate.nanosToWait()).isZero();
      gate.failed(gate.enter(), refused());
    }
    gate.reached(gate.enter());

    assertThat(gate.isClosed()).isFalse();
    assertThat(gate.nanosToWait()).isZero();
  }

  @Test
  void deadConnectionsOfAPoolAreTriedAtOnceAndNotForEver() {
    gate.failed(gate.enter(), lost());
    int tries = 0;
    while (gate.nanosToWait() == 0) {
      tries++;
      gate.failed(gate.enter(), lost());
    }

    assertThat(tries).isEqualTo(Gate.MOST_DEAD + 1);
    nanos.addAndGet(PAUSE);
    assertThat(gate.nanosToWait()).isZero();
  }

  @Test
  void whatBeganBeforeTellsNothing() {
    long before = gate.enter();
    gate.failed(gate.enter(), refused());
    gate.reached(before);
    assertThat(gate.isClosed()).isTrue();

    gate.reached(gate.enter());
    gate.failed(before, refused());
    assertThat(gate.isClosed()).isFalse();
  }

  @Test
  void whatTheDatabaseRefusesClosesNothing() {
    gate.failed(gate.enter(), new StoreException("writing", new SQLException("deadlock", "40P01")));
    assertThat(gate.isClosed()).isFalse();
  }

  @Test
  void allGoOnWhenItIsReached() throws Exception {
    gate.failed(gate.enter(), refused());
    AtomicInteger through = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      threads.add(start(through::incrementAndGet));
    }
    for (Thread thread : threads) {
      awaitWaiting(thread);
    }
    assertThat(through).hasValue(0);

    // A caller does not wait
    gate.reached(gate.enter());

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(through).hasValue(5);
  }

  @Test
  void whoIsInterruptedOrClosedOutGoesOn() throws Exception {
    gate.failed(gate.enter(), refused());
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger through = new AtomicInteger();
    Thread one =
        new Thread(
            () ->
                EngineThread.during(
                    () -> {
                      assertThatThrownBy(gate::enter).isInstanceOf(DatabaseAway.class);
                      if (Thread.currentThread().isInterrupted()) {
                        interrupted.countDown();
                      }
                    }));
    one.start();
    awaitWaiting(one);
    one.interrupt();
    assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();

    Thread other = start(through::incrementAndGet);
    awaitWaiting(other);
    gate.waiting(false);
    other.join();
    assertThat(through).hasValue(1);
  }

  private Thread start(Runnable then) {
    Thread thread =
        new Thread(
            () ->
                EngineThread.during(
                    () -> {
                      gate.enter();
                      then.run();
                    }));
    thread.start();
    return thread;
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
