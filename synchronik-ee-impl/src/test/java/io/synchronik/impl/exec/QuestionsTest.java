package io.synchronik.impl.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final EngineThreads threads = new EngineThreads(Runnable::run, "test", 1);
  private final CountDownLatch never = new CountDownLatch(1);
  private Questions questions = questions(FOR_EVER);

  private Questions questions(Duration limit) {
    Questions made =
        new Questions(
            new Strands(Runnable::run, "test"),
            threads,
            Callable::call,
            () -> Instant.EPOCH,
            limit);
    made.open();
    return made;
  }

  private void withLimit(Duration limit) {
    questions.close(PATIENCE);
    questions = questions(limit);
  }

  @AfterEach
  void close() {
    never.countDown();
    questions.close(PATIENCE);
    threads.end(PATIENCE);
  }

  private static Questions.Question about(String unit) {
    return new Questions.Question(unit, "run", "The policy", "code");
  }

  private CompletableFuture<String> ask(String unit, Callable<String> code) {
    return questions.ask(about(unit), code);
  }

  private String stubborn() {
    boolean waits = true;
    while (waits) {
      try {
        never.await();
        waits = false;
      } catch (InterruptedException e) {
        // As it is
      }
    }
    return "late";
  }

  private String blocked() throws InterruptedException {
    never.await();
    return "late";
  }

  private static void assertFails(CompletableFuture<?> answer, Class<? extends Throwable> how) {
    assertThat(answer)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(how);
  }

  @Test
  void answersAreWhatTheCodeReturnsOrThrows() {
    assertThat(ask("a", () -> "yes")).succeedsWithin(PATIENCE).isEqualTo("yes");
    assertFails(
        ask(
            "a",
            () -> {
              throw new UnsupportedOperationException();
            }),
        UnsupportedOperationException.class);
  }

  @Test
  void someOfAUnitAreAskedAtOnceAndTheOthersInTheirOrder() {
    List<CompletableFuture<String>> first = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(Questions.MOST_OF_ONE);
    for (int i = 0; i < Questions.MOST_OF_ONE; i++) {
      first.add(
          ask(
              "a",
              () -> {
                all.countDown();
                all.await();
                return blocked();
              }));
    }
    CompletableFuture<String> next = ask("a", () -> "next");
    assertThat(ask("b", () -> "other")).succeedsWithin(PATIENCE);
    assertThat(next).isNotDone();

    never.countDown();

    first.forEach(one -> assertThat(one).succeedsWithin(PATIENCE).isEqualTo("late"));
    assertThat(next).succeedsWithin(PATIENCE).isEqualTo("next");
  }

  @Test
  void whoDoesNotAnswerIsInterrupted() {
    withLimit(Duration.ofMillis(50));
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

    CompletableFuture<String> answer =
        ask(
            "a",
            () -> {
              try {
                return blocked();
              } catch (InterruptedException e) {
                interrupted.complete(true);
                return "after all";
              }
            });

    assertFails(answer, Questions.Unanswered.class);
    assertThat(interrupted).succeedsWithin(PATIENCE);
    assertThat(ask("a", () -> String.valueOf(Thread.currentThread().isInterrupted())))
        .succeedsWithin(PATIENCE)
        .isEqualTo("false");
  }

  @Test
  void codeThatKeepsItsThreadsIsNotAskedAgain() {
    withLimit(Duration.ofMillis(50));
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 3 * Questions.MOST_OF_ONE; i++) {
      answers.add(ask("a", this::stubborn));
    }

    answers.forEach(answer -> assertFails(answer, Questions.Unanswered.class));
    assertFails(ask("a", () -> "yes"), Questions.Unanswered.class);
    assertThat(ask("b", () -> "yes")).succeedsWithin(PATIENCE);
  }

  @Test
  void onTheCallersThreadItIsInterruptedToo() throws Exception {
    assertThat(questions.<String>askHere(about("a"), () -> "yes")).isEqualTo("yes");
    withLimit(Duration.ofMillis(50));

    assertThatThrownBy(() -> questions.askHere(about("a"), this::blocked))
        .isInstanceOf(Questions.Unanswered.class)
        .hasMessageContaining("SYNC-0160")
        .hasMessageContaining("1970-01-01T00:00:00Z");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void nobodyIsWaitedForAtTheStop() throws Exception {
    CountDownLatch here = new CountDownLatch(1);
    CompletableFuture<String> waits = ask("a", this::stubborn);
    CompletableFuture<Object> inside =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return questions.askHere(
                    about("a"),
                    () -> {
                      here.countDown();
                      return blocked();
                    });
              } catch (Exception e) {
                return e;
              }
            });
    here.await();

    questions.stop();

    assertFails(waits, Questions.Stopped.class);
    assertThat(inside).succeedsWithin(PATIENCE).isInstanceOf(Questions.Stopped.class);
    assertFails(ask("a", () -> "yes"), Questions.Stopped.class);
    never.countDown();
  }
}
