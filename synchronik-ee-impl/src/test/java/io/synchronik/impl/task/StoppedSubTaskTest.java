package io.synchronik.impl.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.task.SubTasks;
import io.synchronik.task.TaskReport;
import io.synchronik.task.TaskReport.Failed;
import io.synchronik.task.TaskReport.Success;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a run of sub-tasks ends when its worker is cancelled or timed out. */
@Timeout(120)
class StoppedSubTaskTest {
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final CountDownLatch forever = new CountDownLatch(1);

  private final AttemptThreads attempt =
      new AttemptThreads() {
        @Override
        public Executor executor() {
          return pool;
        }

        @Override
        public boolean cancelled() {
          return cancelled.get();
        }
      };

  @AfterEach
  void end() {
    CurrentAttempt.leave();
    pool.shutdownNow();
  }

  /** A worker's thread that a test can interrupt; it tells whether the interrupt was kept. */
  private record Interruptible<R>(FutureTask<Ended<R>> future, Thread thread) {
    record Ended<R>(TaskReport<R> report, boolean interrupted) {}

    static <R> Interruptible<R> start(Callable<TaskReport<R>> work) {
      FutureTask<Ended<R>> future =
          new FutureTask<>(() -> new Ended<>(work.call(), Thread.currentThread().isInterrupted()));
      Thread thread = new Thread(future);
      thread.start();
      return new Interruptible<>(future, thread);
    }

    TaskReport<R> interruptedReport() throws Exception {
      thread.interrupt();
      Ended<R> ended = future.get();
      assertThat(ended.interrupted()).as("the interrupt was kept").isTrue();
      return ended.report();
    }
  }

  @Test
  void anInterruptEndsTheItemInProgressAndTriesNoOther() throws Exception {
    CountDownLatch inSecond = new CountDownLatch(1);
    Interruptible<String> worker =
        Interruptible.start(
            () ->
                SubTasks.of(List.of("a", "b", "c"))
                    .maxRetries(5)
                    .run(
                        item -> {
                          if (item.equals("b")) {
                            inSecond.countDown();
                            forever.await();
                          }
                          return item;
                        }));
    inSecond.await();

    TaskReport<String> report = worker.interruptedReport();

    assertThat(report.total()).isEqualTo(3);
    assertThat(report.successful()).containsExactly(new Success<>("a", "a"));
    assertThat(report.failed()).isEmpty();
    assertThat(report.notTried()).containsExactly("b", "c");
  }

  @Test
  void anInterruptReachesTheHelpers() throws Exception {
    CyclicBarrier twoInProgress = new CyclicBarrier(3);
    Interruptible<Integer> worker =
        Interruptible.start(
            () -> {
              CurrentAttempt.enter(attempt);
              return SubTasks.of(List.of(1, 2, 3, 4))
                  .concurrency(2)
                  .run(
                      item -> {
                        twoInProgress.await();
                        forever.await();
                        return item;
                      });
            });
    twoInProgress.await();

    TaskReport<Integer> report = worker.interruptedReport();

    assertThat(report.successful()).isEmpty();
    assertThat(report.failed()).isEmpty();
    assertThat(report.notTried()).containsExactly("1", "2", "3", "4");
    CyclicBarrier both = new CyclicBarrier(2);
    Callable<Boolean> flag =
        () -> {
          boolean interrupted = Thread.currentThread().isInterrupted();
          both.await();
          return interrupted;
        };
    assertThat(pool.invokeAll(List.of(flag, flag)))
        .as("threads go back without the interrupt")
        .allSatisfy(future -> assertThat(future.get()).isFalse());
  }

  @Test
  void anInterruptReachesHelpersOutsideAnyAttempt() throws Exception {
    CyclicBarrier twoInProgress = new CyclicBarrier(3);
    Interruptible<Integer> worker =
        Interruptible.start(
            () ->
                SubTasks.of(List.of(1, 2))
                    .concurrency(2)
                    .run(
                        item -> {
                          twoInProgress.await();
                          forever.await();
                          return item;
                        }));
    twoInProgress.await();

    assertThat(worker.interruptedReport().notTried()).containsExactly("1", "2");
  }

  @Test
  void anItemThatIgnoresTheInterruptIsWaitedFor() throws Exception {
    CountDownLatch inProgress = new CountDownLatch(1);
    Interruptible<String> worker =
        Interruptible.start(
            () -> {
              CurrentAttempt.enter(attempt);
              return SubTasks.of(List.of("a", "b", "c"))
                  .concurrency(2)
                  .run(
                      item -> {
                        if (!item.equals("a")) {
                          forever.await();
                        }
                        inProgress.countDown();
                        try {
                          forever.await();
                        } catch (InterruptedException e) {
                          return "done all the same";
                        }
                        return "not interrupted";
                      });
            });
    inProgress.await();

    TaskReport<String> report = worker.interruptedReport();

    assertThat(report.successful()).containsExactly(new Success<>("a", "done all the same"));
    assertThat(report.notTried()).containsExactly("b", "c");
  }

  @Test
  void anInterruptEndsADelay() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    Interruptible<String> worker =
        Interruptible.start(
            () ->
                SubTasks.of(List.of("a", "b"))
                    .maxRetries(1)
                    .retryDelay(
                        number -> {
                          failed.countDown();
                          return Duration.ofSeconds(Long.MAX_VALUE);
                        })
                    .run(
                        item -> {
                          throw new Exception("again");
                        }));
    failed.await();

    TaskReport<String> report = worker.interruptedReport();

    assertThat(report.failed()).isEmpty();
    assertThat(report.notTried()).containsExactly("a", "b");
  }

  @Test
  void anInterruptEndsTheDelaysOfHelpers() throws Exception {
    CountDownLatch failed = new CountDownLatch(2);
    Interruptible<String> worker =
        Interruptible.start(
            () -> {
              CurrentAttempt.enter(attempt);
              return SubTasks.of(List.of("a", "b"))
                  .concurrency(2)
                  .maxRetries(1)
                  .retryDelay(
                      number -> {
                        failed.countDown();
                        return Duration.ofDays(1);
                      })
                  .run(
                      item -> {
                        throw new Exception("again");
                      });
            });
    failed.await();

    assertThat(worker.interruptedReport().notTried()).containsExactly("a", "b");
  }

  @Test
  void anInterruptedThreadTriesNothing() {
    for (int concurrency : List.of(1, 2)) {
      Thread.currentThread().interrupt();

      TaskReport<Integer> report =
          SubTasks.of(List.of(1, 2)).concurrency(concurrency).run(item -> item);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(report.notTried()).containsExactly("1", "2");
    }
  }

  @Test
  void aCancelledAttemptStopsBetweenItems() {
    CurrentAttempt.enter(attempt);

    TaskReport<Integer> report =
        SubTasks.of(List.of(1, 2, 3))
            .run(
                item -> {
                  cancelled.set(item == 2);
                  return item;
                });

    assertThat(report.successful()).extracting(Success::id).containsExactly("1", "2");
    assertThat(report.notTried()).containsExactly("3");
  }

  @Test
  void aHelperThatSeesTheCancellingStopsTheOthers() throws Exception {
    CurrentAttempt.enter(attempt);
    CyclicBarrier bothInProgress = new CyclicBarrier(2);

    TaskReport<Integer> report =
        SubTasks.of(List.of(1, 2, 3))
            .concurrency(2)
            .run(
                item -> {
                  bothInProgress.await();
                  if (item == 1) {
                    forever.await();
                  }
                  cancelled.set(true);
                  return item;
                });

    assertThat(report.successful()).containsExactly(new Success<>("2", 2));
    assertThat(report.notTried()).containsExactly("1", "3");
  }

  @Test
  void whatAnItemThrowsAfterTheStopIsNoFailure() {
    CurrentAttempt.enter(attempt);

    TaskReport<Integer> report =
        SubTasks.of(List.of(1, 2))
            .run(
                item -> {
                  if (item == 2) {
                    cancelled.set(true);
                  }
                  throw new Exception("broken connection");
                });

    assertThat(report.failed()).containsExactly(new Failed("1", "broken connection", 1));
    assertThat(report.notTried()).containsExactly("2");
  }
}
