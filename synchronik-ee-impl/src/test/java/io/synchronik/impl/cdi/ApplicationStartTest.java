package io.synchronik.impl.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ApplicationStartTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final BlockingQueue<Thread> begun = new LinkedBlockingQueue<>();
  private final AtomicInteger inContext = new AtomicInteger();

  private void follow(ApplicationStart start) {
    start.follow("test", this::inContext, () -> begun.add(Thread.currentThread()));
  }

  private void inContext(Runnable task) {
    inContext.incrementAndGet();
    task.run();
  }

  private static void awaitNobodyWaits() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("synchronik-start test")) {
        thread.join();
      }
    }
  }

  @Test
  void followsOnTheThreadThatSaysItOnce() throws Exception {
    ApplicationStart start = new ApplicationStart(LONG);
    follow(start);
    assertThat(begun).isEmpty();

    start.said();
    start.said();

    assertThat(begun).containsExactly(Thread.currentThread());
    assertThat(inContext).hasValue(0);
    awaitNobodyWaits();
  }

  @Test
  void followsAtOnceWhenItIsSaidAlready() {
    ApplicationStart start = new ApplicationStart(LONG);
    start.said();

    follow(start);

    assertThat(begun).containsExactly(Thread.currentThread());
  }

  @Test
  void followsInTheContextWhenNobodySaysIt() throws Exception {
    ApplicationStart start = new ApplicationStart(Duration.ofMillis(1));
    follow(start);

    assertThat(begun.take()).isNotSameAs(Thread.currentThread());
    assertThat(inContext).hasValue(1);
    start.said();
    assertThat(begun).isEmpty();
    awaitNobodyWaits();
  }

  @Test
  void neverFollowsWhenItIsForgotten() throws Exception {
    ApplicationStart start = new ApplicationStart(LONG);
    follow(start);

    start.forget();
    start.said();

    awaitNobodyWaits();
    assertThat(begun).isEmpty();
  }

  @Test
  void nobodyWaitsForWhatIsSaidUnlessTheApplicationFails() throws Exception {
    ApplicationStart start = new ApplicationStart(null);
    follow(start);

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("synchronik-start test"));
    start.said();
    assertThat(begun).containsExactly(Thread.currentThread());
  }
}
