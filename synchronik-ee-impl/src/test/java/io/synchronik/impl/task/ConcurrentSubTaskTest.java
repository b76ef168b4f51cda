package io.synchronik.impl.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.run.Progress;
import io.synchronik.task.SubTasks;
import io.synchronik.task.TaskReport;
import io.synchronik.task.TaskReport.Failed;
import io.synchronik.task.TaskReport.Success;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the runner does with several threads. */
@Timeout(120)
class ConcurrentSubTaskTest {
  private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

  @AfterEach
  void leave() {
    CurrentAttempt.leave();
  }

  private record Attempt(Executor executor) implements AttemptThreads {
    @Override
    public boolean cancelled() {
      return false;
    }
  }

  @Test
  void asManyItemsAsAskedForRunAtATime() {
    CyclicBarrier fourAtOnce = new CyclicBarrier(4);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    TaskReport<Integer> report =
        SubTasks.of(HUNDRED)
            .concurrency(4)
            .run(
                item -> {
                  threads.add(Thread.currentThread());
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  fourAtOnce.await();
                  running.decrementAndGet();
                  return item;
                });

    assertThat(report.successful()).hasSize(100);
    assertThat(most).hasValue(4);
    assertThat(threads).hasSize(4).doesNotContain(Thread.currentThread());
  }

  @Test
  void theReportKeepsTheOrderOfTheItems() {
    List<CountDownLatch> ended =
        List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
    List<Progress> told = new ArrayList<>();

    TaskReport<Integer> report =
        SubTasks.of(List.of(0, 1, 2))
            .concurrency(3)
            .onProgress(told::add)
            .run(
                item -> {
                  if (item < 2) {
                    ended.get(item + 1).await();
                  }
                  ended.get(item).countDown();
                  return item;
                });

    assertThat(report.successful())
        .containsExactly(new Success<>("0", 0), new Success<>("1", 1), new Success<>("2", 2));
    assertThat(told).containsExactly(new Progress(1, 3), new Progress(2, 3), new Progress(3, 3));
  }

  @Test
  void progressIsToldByOneThreadAtATime() {
    AtomicInteger inside = new AtomicInteger();
    List<Long> told = new ArrayList<>();

    SubTasks.of(HUNDRED)
        .concurrency(8)
        .onProgress(
            progress -> {
              assertThat(inside.incrementAndGet()).isEqualTo(1);
              told.add(progress.completed());
              inside.decrementAndGet();
            })
        .run(item -> item);

    assertThat(told).isSorted().doesNotHaveDuplicates().hasSize(100);
  }

  @Test
  void threadsComeFromTheAttemptAndNoneIsWaitedForInVain() {
    ExecutorService oneThread = Executors.newSingleThreadExecutor();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try {
      CurrentAttempt.enter(new Attempt(oneThread));

      TaskReport<Integer> report =
          SubTasks.of(HUNDRED)
              .concurrency(10)
              .run(
                  item -> {
                    threads.add(Thread.currentThread());
                    return item;
                  });

      assertThat(report.successful()).hasSize(100);
      assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
    } finally {
      oneThread.shutdownNow();
    }
  }

  @Test
  void nestedSubTasksEndThoughNoThreadIsFree() {
    ExecutorService twoThreads = Executors.newFixedThreadPool(2);
    CyclicBarrier bothOuter = new CyclicBarrier(2);
    try {
      CurrentAttempt.enter(new Attempt(twoThreads));

      TaskReport<Integer> report =
          SubTasks.of(List.of(1, 2))
              .concurrency(2)
              .run(
                  outer -> {
                    bothOuter.await();
                    TaskReport<Integer> inner =
                        SubTasks.of(HUNDRED).concurrency(3).run(item -> item);
                    return inner.successful().size();
                  });

      assertThat(report.successful()).extracting(Success::result).containsExactly(100, 100);
    } finally {
      twoThreads.shutdownNow();
    }
  }

  @Test
  void anExecutorThatRefusesAllIsTheCallersProblem() {
    CurrentAttempt.enter(
        new Attempt(
            task -> {
              throw new RejectedExecutionException("full");
            }));

    assertThatThrownBy(() -> SubTasks.of(HUNDRED).concurrency(2).run(item -> item))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void anExecutorThatRefusesSomeMeansFewerThreads() {
    ExecutorService oneThread = Executors.newSingleThreadExecutor();
    AtomicInteger calls = new AtomicInteger();
    try {
      CurrentAttempt.enter(
          new Attempt(
              task -> {
                if (calls.incrementAndGet() > 1) {
                  throw new RejectedExecutionException("full");
                }
                oneThread.execute(task);
              }));

      assertThat(SubTasks.of(HUNDRED).concurrency(5).run(item -> item).successful()).hasSize(100);
      assertThat(calls).hasValue(2);
    } finally {
      oneThread.shutdownNow();
    }
  }

  @Test
  void anExecutorMayUseTheCallersThread() {
    CurrentAttempt.enter(new Attempt(Runnable::run));

    assertThat(SubTasks.of(HUNDRED).concurrency(2).run(item -> item).successful()).hasSize(100);
    assertThat(CurrentAttempt.onHelper()).isFalse();
  }

  @Test
  void anInterruptOfAnItemsOwnMakingIsItsOwnAffair() {
    ExecutorService oneThread = Executors.newSingleThreadExecutor();
    try {
      CurrentAttempt.enter(new Attempt(oneThread));

      TaskReport<Boolean> report =
          SubTasks.of(List.of("throws", "leaves the flag", "looks"))
              .concurrency(2)
              .run(
                  item -> {
                    switch (item) {
                      case "throws" -> throw new InterruptedException("own");
                      case "leaves the flag" -> Thread.currentThread().interrupt();
                      default -> {}
                    }
                    return Thread.currentThread().isInterrupted();
                  });

      assertThat(report.failed()).containsExactly(new Failed("throws", "own", 1));
      assertThat(report.successful())
          .containsExactly(new Success<>("leaves the flag", true), new Success<>("looks", false));
      assertThat(report.notTried()).isEmpty();
    } finally {
      oneThread.shutdownNow();
    }
  }
}
