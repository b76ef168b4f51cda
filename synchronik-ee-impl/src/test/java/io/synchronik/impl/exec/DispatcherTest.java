package io.synchronik.impl.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private static final int WORKERS = 4;

  private final List<Integer> free = new ArrayList<>();
  private final Dispatcher dispatcher = new Dispatcher(job -> {}, job -> {}, WORKERS, this::freed);

  private void freed() {
    free.add(dispatcher.free());
  }

  @Test
  void threadsGivenBackAreTold() {
    int left =
        dispatcher.take(
            slots -> {
              slots.take(WORKERS);
              return dispatcher.free();
            },
            none -> List.of());

    assertThat(left).isZero();
    assertThat(free).containsExactly(WORKERS);
  }

  /** Whatever the runner throws, the claim is given back and the thread goes on. */
  @Test
  void jobWithoutAnEndIsGivenBack() throws Exception {
    AtomicBoolean thrown = new AtomicBoolean();
    BlockingQueue<Job> lost = new LinkedBlockingQueue<>();
    BlockingQueue<Job> done = new LinkedBlockingQueue<>();
    Dispatcher struck =
        new Dispatcher(
            job -> {
              if (!thrown.getAndSet(true)) {
                throw new ThreadDeath();
              }
              done.add(job);
            },
            lost::add,
            1,
            () -> {});
    EngineThreads threads = new EngineThreads(Runnable::run, "test", 1);
    struck.start(threads);
    Job first = job();
    Job second = job();

    struck.take(slots -> slots.take(1), taken -> List.of(first));
    struck.take(slots -> slots.take(1), taken -> List.of(second));

    assertThat(lost.poll(20, TimeUnit.SECONDS)).isSameAs(first);
    assertThat(done.poll(20, TimeUnit.SECONDS)).isSameAs(second);
    struck.drain(Duration.ofSeconds(20));
    threads.end(Duration.ofSeconds(20));
  }

  /** Such as without memory: the others have their threads, and none of these is lost. */
  @Test
  void jobsThatCannotBeQueuedAreGivenBack() throws Exception {
    BlockingQueue<Job> lost = new LinkedBlockingQueue<>();
    BlockingQueue<Job> done = new LinkedBlockingQueue<>();
    Dispatcher struck = new Dispatcher(done::add, lost::add, WORKERS, () -> {});
    Job first = job();
    Job second = new Unhashable();

    assertThatThrownBy(() -> struck.take(slots -> slots.take(2), taken -> List.of(first, second)))
        .isInstanceOf(InternalError.class);
    assertThatThrownBy(() -> struck.split(second)).isInstanceOf(InternalError.class);

    assertThat(lost).containsExactly(second, second);
    assertThat(struck.free()).isEqualTo(struck.most() - 1);
    EngineThreads threads = new EngineThreads(Runnable::run, "test", 1);
    struck.start(threads);
    assertThat(done.poll(20, TimeUnit.SECONDS)).isSameAs(first);
    assertThat(struck.drain(Duration.ofSeconds(20))).isEmpty();
    threads.end(Duration.ofSeconds(20));
  }

  /** Cannot be put into a set. */
  private static final class Unhashable implements Job {
    private final Execution execution = new Execution() {};

    @Override
    public String id() {
      return "unhashable";
    }

    @Override
    public Execution execution() {
      return execution;
    }

    @Override
    public int hashCode() {
      throw new InternalError("test");
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  @Test
  void threadIsFreeThoughTheClaimCouldNotBeGivenBack() throws Exception {
    BlockingQueue<Integer> free = new LinkedBlockingQueue<>();
    Dispatcher[] made = new Dispatcher[1];
    made[0] =
        new Dispatcher(
            job -> {
              throw new IllegalStateException("ends without an end");
            },
            job -> {
              throw new InternalError("test");
            },
            1,
            () -> free.add(made[0].idle()));
    EngineThreads threads = new EngineThreads(Runnable::run, "test", 1);
    made[0].start(threads);
    Job job = job();

    for (int i = 0; i < 2; i++) {
      made[0].take(slots -> slots.take(1), taken -> List.of(job));

      assertThat(free.poll(20, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(made[0].busy()).isZero();
    }
    assertThat(made[0].drain(Duration.ofSeconds(20))).isEmpty();
    threads.end(Duration.ofSeconds(20));
  }

  private static Job job() {
    return new Named(UUID.randomUUID().toString(), new Execution() {});
  }

  private record Named(String id, Execution execution) implements Job {}

  @Test
  void nothingIsToldWhenNoneWasTaken() {
    dispatcher.take(slots -> slots, none -> List.of());

    assertThat(free).isEmpty();
  }
}
