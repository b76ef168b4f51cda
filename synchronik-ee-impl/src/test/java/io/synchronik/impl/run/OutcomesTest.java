package io.synchronik.impl.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.exec.EngineThreads;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.run.Payload;
import io.synchronik.run.RunId;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EngineThreads threads = new EngineThreads(Runnable::run, "test", 1);
  private final Strands strands = new Strands(Runnable::run, "test");
  private final Outcomes outcomes =
      new Outcomes(strands, new UserCode(withoutTransactions(), () -> () -> {}));
  private final BlockingQueue<RunState> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() {
    strands.open(threads);
  }

  @AfterEach
  void close() {
    strands.close(PATIENCE);
    threads.end(PATIENCE);
  }

  /** No thread is ever in a transaction. */
  private static TransactionManager withoutTransactions() {
    return (TransactionManager)
        Proxy.newProxyInstance(
            TransactionManager.class.getClassLoader(),
            new Class<?>[] {TransactionManager.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getStatus" -> Status.STATUS_NO_TRANSACTION;
                  case "getTransaction", "suspend" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private record None() implements Payload {
    @Override
    public @Nullable String json() {
      return null;
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
      return null;
    }
  }

  private void letGo(String run) {
    var unused = outcomes.of(run);
  }

  private void follow(String run) {
    AwaitedOutcome outcome = outcomes.of(run);
    var unused = outcomes.stage(run, outcome).thenAccept(ended -> told.add(ended.state()));
  }

  /** Returns whether a run is forgotten; the memory is cleared until it is, or for too long. */
  private boolean isForgotten(String run) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (outcomes.isAwaited(run)) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      System.gc();
    }
    return true;
  }

  private static RunOutcome completed(String run) {
    return new RunOutcome(new RunId(run), RunState.COMPLETED, new None(), null, null);
  }

  @Test
  void whatFollowsIsToldAlsoWhenNobodyHoldsTheHandle() throws Exception {
    follow(id(1));
    letGo(id(2));
    // Whatever could be forgotten is, by now
    assertThat(isForgotten(id(2))).isTrue();

    outcomes.complete(completed(id(1)));

    assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void nobodyWaitsWhoHasLetGo() {
    AwaitedOutcome kept = outcomes.of(id(1));
    letGo(id(2));
    assertThat(isForgotten(id(2))).isTrue();

    assertThat(outcomes.next(10)).containsExactly(id(1));
    assertThat(outcomes.of(id(1))).isSameAs(kept);
  }

  @Test
  void eachHasItsTurn() {
    List<AwaitedOutcome> held = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      held.add(outcomes.of(id(i)));
    }

    assertThat(outcomes.next(2)).containsExactly(id(1), id(2));
    assertThat(outcomes.next(2)).containsExactly(id(3), id(4));
    assertThat(outcomes.next(2)).containsExactly(id(5), id(1));
    assertThat(outcomes.next(9)).containsExactly(id(2), id(3), id(4), id(5), id(1));
    assertThat(held).hasSize(5);
  }

  private static String id(int n) {
    return "0000000000000000000000000" + n;
  }
}
