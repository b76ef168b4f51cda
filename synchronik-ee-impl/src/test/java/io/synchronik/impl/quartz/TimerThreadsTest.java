package io.synchronik.impl.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerThreadsTest {
  private final TimerThreads threads = new TimerThreads("timer-threads-test", 2);
  private final BlockingQueue<Thread> begun = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() {
    over.countDown();
    threads.shutdown(true);
  }

  private void busy() {
    begun.add(Thread.currentThread());
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneThatIsFreeIsWaitedFor() throws Exception {
    assertThat(threads.blockForAvailableThreads()).isEqualTo(2);
    assertThat(threads.runInThread(this::busy)).isTrue();
    assertThat(threads.blockForAvailableThreads()).isEqualTo(1);
    assertThat(threads.runInThread(this::busy)).isTrue();
    assertThat(begun.take()).isNotSameAs(begun.take());
    CompletableFuture<Integer> free =
        CompletableFuture.supplyAsync(threads::blockForAvailableThreads);
    assertThat(free).isNotDone();

    over.countDown();

    assertThat(free.get()).isPositive();
  }

  @Test
  void oneThatFailsIsFreeAgain() {
    for (int i = 0; i < 4; i++) {
      assertThat(threads.blockForAvailableThreads()).isPositive();
      threads.runInThread(
          () -> {
            begun.add(Thread.currentThread());
            throw new ThreadDeath();
          });
    }
    while (threads.blockForAvailableThreads() < 2) {
      Thread.onSpinWait();
    }
    assertThat(begun).hasSize(4);
  }

  @Test
  void nobodyWaitsAfterTheEnd() throws Exception {
    threads.runInThread(this::busy);
    threads.runInThread(this::busy);
    Thread first = begun.take();
    CompletableFuture<Integer> free =
        CompletableFuture.supplyAsync(threads::blockForAvailableThreads);

    threads.shutdown(false);

    assertThat(free.get()).isZero();
    assertThat(threads.runInThread(this::busy)).isFalse();
    assertThat(first.isAlive()).isTrue();
    over.countDown();
    first.join();
  }

  @Test
  void theEndWaitsForItsThreads() throws Exception {
    threads.runInThread(() -> begun.add(Thread.currentThread()));
    Thread thread = begun.take();

    threads.shutdown(true);

    assertThat(thread.isAlive()).isFalse();
  }
}
