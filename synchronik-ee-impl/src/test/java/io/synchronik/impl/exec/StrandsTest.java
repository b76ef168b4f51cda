package io.synchronik.impl.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StrandsTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

  private final EngineThreads threads = new EngineThreads(Runnable::run, "test", 1);
  private final Strands strands = new Strands(Runnable::run, "test", Duration.ZERO);
  private final CountDownLatch never = new CountDownLatch(1);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() {
    strands.open(threads);
  }

  @AfterEach
  void close() {
    strands.close(PATIENCE);
    threads.end(PATIENCE);
  }

  private boolean block() {
    told.add("blocked");
    try {
      never.await();
    } catch (InterruptedException e) {
      told.add("interrupted");
    }
    return false;
  }

  private String next() throws InterruptedException {
    return String.valueOf(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void othersHaveTheirTurnsWhileSomeBlock() throws Exception {
    for (int i = 0; i < StrandThreads.MOST - 1; i++) {
      strands.strand("blocks", this::block).wake();
      assertThat(next()).isEqualTo("blocked");
    }

    strands.execute("other", () -> told.add("other"));

    assertThat(next()).isEqualTo("other");
  }

  /** More threads than there are while turns are short. */
  @Test
  void threadsThatCannotWorkAreReplaced() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    Strands struck =
        new Strands(
            work -> {
              if (refused.incrementAndGet() <= 6) {
                throw new LinkageError("not now");
              }
              work.run();
            },
            "test");
    struck.open(threads);
    try {
      for (int i = 0; i < 6; i++) {
        struck.execute("told", () -> told.add("told"));
      }

      for (int i = 0; i < 6; i++) {
        assertThat(next()).isEqualTo("told");
      }
    } finally {
      struck.close(PATIENCE);
    }
  }

  @Test
  void aStrandHasOneTurnAtATimeAndMissesNothing() throws Exception {
    AtomicInteger due = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    List<Integer> most = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(3000);
    Strand strand =
        strands.strand(
            "counts",
            () -> {
              most.add(inside.incrementAndGet());
              due.decrementAndGet();
              inside.decrementAndGet();
              all.countDown();
              return due.get() > 0;
            });
    for (int i = 0; i < 3; i++) {
      Thread waker =
          new Thread(
              () -> {
                for (int n = 0; n < 1000; n++) {
                  due.incrementAndGet();
                  strand.wake();
                }
              });
      waker.start();
    }

    assertThat(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(strands.awaitCalm(PATIENCE)).isTrue();
    assertThat(most).containsOnly(1);
  }

  @Test
  void aTurnThatFailsComesAgainAndIsToldOnce() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    Logger log = Logger.getLogger(Strands.class.getName());
    Queue<String> warnings = new ConcurrentLinkedQueue<>();
    Handler handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord line) {
            if (Level.WARNING.equals(line.getLevel())) {
              warnings.add(line.getMessage());
            }
          }
        };
    log.addHandler(handler);
    try {
      strands
          .strand(
              "What fails",
              () -> {
                if (turns.incrementAndGet() <= 2) {
                  throw new AssertionError("not yet");
                }
                told.add("again");
                return false;
              })
          .wake();

      assertThat(next()).isEqualTo("again");
    } finally {
      log.removeHandler(handler);
    }
    assertThat(warnings).containsExactly("What fails failed and is tried again");
  }

  @Test
  void aCloseInterruptsAndKeepsWhoWaits() throws Exception {
    strands.strand("blocks", this::block).wake();
    assertThat(next()).isEqualTo("blocked");

    strands.close(PATIENCE);
    strands.execute("later", () -> told.add("later"));

    assertThat(next()).isEqualTo("interrupted");
    assertThat(told).isEmpty();
    strands.open(threads);
    assertThat(next()).isEqualTo("later");
  }

  @Test
  void whatIgnoresItsInterruptIsLeft() throws Exception {
    strands
        .strand(
            "ignores",
            () -> {
              told.add("ignores");
              while (never.getCount() > 0) {
                Thread.interrupted();
                Thread.onSpinWait();
              }
              told.add("over");
              return true;
            })
        .wake();
    assertThat(next()).isEqualTo("ignores");

    strands.close(Duration.ofMillis(100));
    strands.open(threads);
    strands.execute("other", () -> told.add("other"));

    assertThat(next()).isEqualTo("other");
    never.countDown();
    assertThat(next()).isEqualTo("over");
  }
}
