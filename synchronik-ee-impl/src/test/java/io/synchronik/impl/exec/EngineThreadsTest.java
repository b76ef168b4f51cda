package io.synchronik.impl.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EngineThreadsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As on a server whose context cannot be entered while others are deployed. */
  @Test
  void aThreadThatCannotEnterItsContextTriesAgain() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    EngineThreads threads =
        new EngineThreads(
            work -> {
              if (refused.incrementAndGet() == 1) {
                throw new LinkageError("not now");
              }
              work.run();
            },
            "test",
            1);
    CountDownLatch begun = new CountDownLatch(1);

    threads.start("tries", begun::countDown);

    assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    threads.end(PATIENCE);
  }

  @Test
  void aBodyThatFailsIsNotBegunAgain() throws Exception {
    EngineThreads threads = new EngineThreads(Runnable::run, "test", 1);
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch failed = new CountDownLatch(1);

    threads.start(
        "fails",
        () -> {
          begun.incrementAndGet();
          Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> failed.countDown());
          throw new LinkageError("its own");
        });

    assertThat(failed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    threads.end(PATIENCE);
    assertThat(begun).hasValue(1);
  }

  @Test
  void aThreadThatNeverEntersEndsAtTheStop() {
    EngineThreads threads =
        new EngineThreads(
            work -> {
              throw new LinkageError("never");
            },
            "test",
            1);
    threads.start("never", () -> {});

    threads.end(PATIENCE);

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("synchronik-never test");
  }
}
