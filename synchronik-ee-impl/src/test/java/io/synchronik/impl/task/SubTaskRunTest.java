package io.synchronik.impl.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.run.Progress;
import io.synchronik.task.SubTaskRunner;
import io.synchronik.task.SubTasks;
import io.synchronik.task.SubTasks.NamedTask;
import io.synchronik.task.TaskReport;
import io.synchronik.task.TaskReport.Failed;
import io.synchronik.task.TaskReport.Success;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the runner does on the worker's own thread. */
@Timeout(120)
class SubTaskRunTest {

  @Test
  void theEngineProvidesTheRunner() {
    assertThat(SubTaskRunner.installed()).isInstanceOf(EngineSubTaskRunner.class);
  }

  @Test
  void itemsAreProcessedInOrderOnTheCallersThread() {
    List<Thread> threads = new ArrayList<>();

    TaskReport<Integer> report =
        SubTasks.of(List.of(3, 1, 2))
            .run(
                item -> {
                  threads.add(Thread.currentThread());
                  return item * 10;
                });

    assertThat(report.total()).isEqualTo(3);
    assertThat(report.successful())
        .containsExactly(new Success<>("3", 30), new Success<>("1", 10), new Success<>("2", 20));
    assertThat(report.failed()).isEmpty();
    assertThat(report.notTried()).isEmpty();
    assertThat(report.successPercentage()).isEqualTo(100.0);
    assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
  }

  @Test
  void nothingToDoIsASuccess() {
    List<Progress> told = new ArrayList<>();

    TaskReport<Object> report =
        SubTasks.of(List.of()).concurrency(4).onProgress(told::add).run(item -> item);

    assertThat(report.total()).isZero();
    assertThat(report.successPercentage()).isEqualTo(100.0);
    assertThat(told).isEmpty();
  }

  @Test
  void whatAnItemThrowsIsInTheReport() {
    TaskReport<String> report =
        SubTasks.of(List.of("a", "b", "c", "d"))
            .run(
                item -> {
                  switch (item) {
                    case "b" -> throw new Exception("not found (404)");
                    case "c" -> throw new IllegalStateException();
                    case "d" -> throw new AssertionError(" ");
                    default -> {
                      return null;
                    }
                  }
                });

    assertThat(report.successful()).containsExactly(new Success<>("a", null));
    assertThat(report.failed())
        .containsExactly(
            new Failed("b", "not found (404)", 1),
            new Failed("c", "java.lang.IllegalStateException", 1),
            new Failed("d", "java.lang.AssertionError", 1));
    assertThat(report.successPercentage()).isEqualTo(25.0);
  }

  @Test
  void failedAttemptsAreRepeatedAfterTheirDelay() {
    Map<String, Integer> attempts = new HashMap<>();
    List<Integer> delaysAfter = new ArrayList<>();
    List<Progress> told = new ArrayList<>();

    TaskReport<String> report =
        SubTasks.of(List.of("never", "third"))
            .maxRetries(2)
            .retryDelay(
                attempt -> {
                  delaysAfter.add(attempt);
                  return Duration.ofNanos(attempt);
                })
            .onProgress(told::add)
            .run(
                item -> {
                  int attempt = attempts.merge(item, 1, Integer::sum);
                  if (item.equals("never") || attempt < 3) {
                    throw new Exception("attempt " + attempt);
                  }
                  return "attempt " + attempt;
                });

    assertThat(report.failed()).containsExactly(new Failed("never", "attempt 3", 3));
    assertThat(report.successful()).containsExactly(new Success<>("third", "attempt 3"));
    assertThat(delaysAfter).containsExactly(1, 2, 1, 2);
    assertThat(told).containsExactly(new Progress(1, 2), new Progress(2, 2));
  }

  @Test
  void aListenerThatThrowsBreaksNothing() {
    TaskReport<Integer> report =
        SubTasks.of(List.of(1, 2))
            .onProgress(
                progress -> {
                  throw new IllegalStateException("listener");
                })
            .run(item -> item);

    assertThat(report.successful()).hasSize(2);
  }

  @Test
  void anUnknownDelayIsNoneAndAnUnknownIdIsThePlace() {
    List<Integer> attempts = new ArrayList<>();

    TaskReport<Object> report =
        SubTasks.of(List.of(7))
            .idOf(
                item -> {
                  throw new IllegalStateException("id");
                })
            .maxRetries(1)
            .retryDelay(
                attempt -> {
                  throw new IllegalStateException("delay");
                })
            .run(
                item -> {
                  attempts.add(item);
                  throw new Exception("task");
                });

    assertThat(attempts).hasSize(2);
    assertThat(report.failed()).containsExactly(new Failed("#1", "task", 2));
  }

  @Test
  void namedTasksHaveTheirOwnCode() {
    TaskReport<String> report =
        SubTasks.named(
                List.of(
                    new NamedTask<String>("first", () -> "one"),
                    new NamedTask<String>(
                        "second",
                        () -> {
                          throw new Exception("two");
                        })))
            .run(NamedTask::execute);

    assertThat(report.successful()).containsExactly(new Success<>("first", "one"));
    assertThat(report.failed()).containsExactly(new Failed("second", "two", 1));
  }
}
