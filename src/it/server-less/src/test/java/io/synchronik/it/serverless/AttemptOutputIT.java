package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.OutputLine;
import io.synchronik.run.RunAttempt;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import jakarta.transaction.Transactional;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of what attempts say and log. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class AttemptOutputIT extends SharedNode {
  private static final String NAME = "attempt.output.test";
  private static final System.Logger LOG = System.getLogger(NAME);
  private static final Logger LEVELS = Logger.getLogger(NAME);

  static {
    LEVELS.setLevel(java.util.logging.Level.FINER);
    LEVELS.setUseParentHandlers(true);
  }

  @Worker(id = "books", maxRetries = 1)
  @Transactional
  static class Books implements Work<String> {
    @Override
    public String run(RunContext run) {
      run.log("attempt " + run.attempt());
      LOG.log(Level.INFO, "logged {0}", run.attempt());
      if (run.attempt() == 1) {
        throw new IllegalStateException("rolled back");
      }
      return "done";
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .beans(Books.class)
        .setting("synchronik.history.runs", "1")
        .setting("synchronik.unit.\"own\".log", "own")
        .setting("synchronik.unit.\"books\".log", "INFO")
        .setting("synchronik.unit.\"info\".log", " info ")
        .setting("synchronik.unit.\"all\".log", "all")
        .setting("synchronik.unit.\"held\".log", "all");
  }

  private RunHandle ran(String id, Work<?> work) {
    if (manager.getUnitById(id).isPresent()) {
      manager.releaseUnit(id, true);
      Await.until(Probe.PATIENCE, () -> manager.getUnitById(id).isEmpty());
    }
    register(id, work);
    RunHandle run = manager.runWorkerById(id);
    run.join(Probe.PATIENCE);
    return run;
  }

  private List<OutputLine> output(RunHandle run) {
    return output(run, 1);
  }

  private List<OutputLine> output(RunHandle run, long claim) {
    return manager.monitoring().output(run.id().value(), claim, 0, 1000);
  }

  private static void talk(RunContext run) {
    run.log("said");
    LOG.log(Level.ERROR, "an error", new IllegalStateException("the cause"));
    LOG.log(Level.INFO, "{0} of {1}", 1, "two");
    LOG.log(Level.DEBUG, "a detail");
    LOG.log(Level.TRACE, "less");
  }

  @Test
  void isOffUnlessItIsSet() {
    RunHandle run =
        ran(
            "unset",
            context -> {
              talk(context);
              return null;
            });

    assertThat(output(run)).isEmpty();
  }

  @Test
  void isWhatTheWorkSays() {
    RunHandle run =
        ran(
            "own",
            context -> {
              talk(context);
              return null;
            });

    assertThat(output(run))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.number()).isEqualTo(1);
              assertThat(line.text()).isEqualTo("said");
              assertThat(line.level()).isNull();
              assertThat(line.logger()).isEmpty();
              assertThat(line.at())
                  .isBetween(view(run).times().startedAt(), view(run).times().endedAt());
            });
  }

  @Test
  void isWhatItsThreadLogsFromALevelOn() {
    RunHandle run =
        ran(
            "info",
            context -> {
              talk(context);
              return null;
            });

    List<OutputLine> lines = output(run);
    assertThat(lines).extracting(OutputLine::number).containsExactly(1L, 2L, 3L);
    assertThat(lines).extracting(OutputLine::level).containsExactly(null, Level.ERROR, Level.INFO);
    assertThat(lines.get(1).logger()).isEqualTo(NAME);
    assertThat(lines.get(1).text())
        .startsWith("an error\n")
        .contains("IllegalStateException: the cause")
        .contains("AttemptOutputIT");
    assertThat(lines.get(2).text()).isEqualTo("1 of two");
  }

  @Test
  void isAllOfIt() {
    RunHandle run =
        ran(
            "all",
            context -> {
              talk(context);
              Thread other = new Thread(() -> LOG.log(Level.ERROR, "of another thread"));
              other.start();
              other.join();
              return null;
            });

    assertThat(output(run))
        .extracting(OutputLine::level)
        .containsExactly(null, Level.ERROR, Level.INFO, Level.DEBUG, Level.TRACE);
  }

  @Test
  void outlivesARollback() {
    RunHandle run = manager.runWorkerById("books");
    run.join(Probe.PATIENCE);

    List<RunAttempt> attempts = manager.monitoring().attempts(run.id().value(), 0, 10);
    assertThat(attempts).hasSize(2);
    for (RunAttempt attempt : attempts) {
      Await.until(Probe.PATIENCE, () -> output(run, attempt.claim()).size() == 2);
      assertThat(output(run, attempt.claim()))
          .extracting(OutputLine::text)
          .containsExactly("attempt " + attempt.number(), "logged " + attempt.number());
    }
  }

  @Test
  void isThereWhileTheAttemptGoesOn() {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch began = new CountDownLatch(1);
    register(
        "held",
        run -> {
          run.log("begun");
          began.countDown();
          goOn.await();
          run.log("ended");
          return null;
        });
    RunHandle run = manager.runWorkerById("held");

    Await.until(Probe.PATIENCE, () -> output(run).size() == 1);
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    goOn.countDown();
    run.join(Probe.PATIENCE);

    assertThat(output(run)).extracting(OutputLine::text).containsExactly("begun", "ended");
    manager.releaseUnit("held", true);
    Await.until(Probe.PATIENCE, () -> manager.getUnitById("held").isEmpty());
  }

  @Test
  void isBounded() {
    RunHandle run =
        ran(
            "own",
            context -> {
              context.log("x".repeat(1_000_000));
              IntStream.rangeClosed(2, 100_000).forEach(i -> context.log("line " + i));
              return null;
            });

    List<OutputLine> lines = output(run);
    assertThat(lines).hasSize(1000);
    assertThat(lines.get(0).text()).hasSize(4000).endsWith("…");
    assertThat(lines.get(499).text()).isEqualTo("line 500");
    assertThat(lines.get(500).number()).isEqualTo(99_501);
    assertThat(lines.get(999).number()).isEqualTo(100_000);
    assertThat(lines.get(999).text()).isEqualTo("line 100000");
    assertThat(manager.monitoring().output(run.id().value(), 1, 499, 2))
        .isEqualTo(lines.subList(499, 501));
  }

  @Test
  void keepsAnyText() {
    String odd = "tab\tnewline\r\nback\\slash \\n NUL\0 half\uD83D end <b>&amp;";
    RunHandle run =
        ran(
            "own",
            context -> {
              context.log(odd);
              context.log(null);
              context.log("");
              return null;
            });

    assertThat(output(run))
        .extracting(OutputLine::text)
        .containsExactly(odd.replace('\0', '\uFFFD').replace('\uD83D', '\uFFFD'), "null", "");
  }

  @Test
  void comesFromAnyThreadAndEndsWithTheAttempt() throws Exception {
    RunContext[] kept = new RunContext[1];
    RunHandle run =
        ran(
            "own",
            context -> {
              kept[0] = context;
              List<Thread> threads =
                  IntStream.range(0, 8).mapToObj(i -> new Thread(() -> many(context))).toList();
              threads.forEach(Thread::start);
              for (Thread thread : threads) {
                thread.join();
              }
              return null;
            });

    assertThat(output(run)).hasSize(160).extracting(OutputLine::number).doesNotHaveDuplicates();
    kept[0].log("too late");
    manager.runLoopOnce();
    assertThat(output(run)).hasSize(160);
  }

  private static void many(RunContext context) {
    for (int i = 0; i < 20; i++) {
      context.log("one of many");
    }
  }

  /** Logs itself when it is written. */
  private static final class Hostile {
    @Override
    public String toString() {
      LOG.log(Level.DEBUG, "again {0}", this);
      throw new StackOverflowError("as asked");
    }
  }

  @Test
  void holdsOutAgainstHostileRecords() {
    Handler thrower = new Thrower();
    LEVELS.addHandler(thrower);
    RunHandle run;
    try {
      run =
          ran(
              "all",
              context -> {
                LEVELS.log(new LogRecord(java.util.logging.Level.FINE, null));
                LEVELS.log(new Unreadable());
                LOG.log(Level.DEBUG, "{0}", new Hostile());
                LEVELS.log(java.util.logging.Level.SEVERE, "error of a handler");
                return "not reached";
              });
    } finally {
      LEVELS.removeHandler(thrower);
    }

    assertThat(view(run).execution().failure().message()).contains("a handler's own");
    assertThat(output(run))
        .extracting(OutputLine::text)
        .containsExactly(
            "",
            "A record could not be written: java.lang.LinkageError",
            "A record could not be written: java.lang.StackOverflowError");
    assertThat(ran("all", context -> "done").state()).isEqualTo(RunState.COMPLETED);
  }

  private static final class Unreadable extends LogRecord {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super(java.util.logging.Level.FINE, "unreadable");
    }

    @Override
    public Throwable getThrown() {
      throw new LinkageError("as asked");
    }
  }

  private static final class Thrower extends Handler {
    @Override
    public void publish(LogRecord logged) {
      if ("error of a handler".equals(logged.getMessage())) {
        throw new AssertionError("a handler's own");
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aRecordThatBlocksHoldsUpItsOwnAttemptAlone() {
    CountDownLatch blocked = new CountDownLatch(1);
    Object blocks =
        new Object() {
          @Override
          public String toString() {
            blocked.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return "interrupted";
          }
        };
    register(
        "info",
        run -> {
          run.log("before");
          LEVELS.log(java.util.logging.Level.INFO, "it {0}", blocks);
          return null;
        });
    RunHandle run = manager.runWorkerById("info");
    Await.until(Probe.PATIENCE, () -> blocked.getCount() == 0);

    RunHandle other =
        ran(
            "own",
            context -> {
              context.log("goes on");
              return null;
            });
    assertThat(output(other)).hasSize(1);
    Await.until(Probe.PATIENCE, () -> output(run).size() == 1);
    run.cancel();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    manager.releaseUnit("info", true);
    Await.until(Probe.PATIENCE, () -> manager.getUnitById("info").isEmpty());
  }

  @Test
  void goesWithItsRun() throws Exception {
    RunHandle run =
        ran(
            "own",
            context -> {
              context.log("for a while");
              return null;
            });
    assertThat(rows(run)).isEqualTo(1);
    manager.runWorkerById("own").join(Probe.PATIENCE);

    manager.runWatcherScan();

    assertThat(output(run)).isEmpty();
    assertThat(rows(run)).isZero();
  }

  private int rows(RunHandle run) throws Exception {
    return database
        .rows("select line from sk_output where run = '" + run.id().value() + "'")
        .size();
  }

  @Test
  void nobodyListensWhereNothingIsKept() {
    Held held = Held.interruptibly();
    try (var quiet = Node.on(kind.create("quiet")).start()) {
      int before = taps();
      quiet.manager().registerUnit(WorkerDefinition.of("quiet", held));
      held.letGo();
      quiet.manager().runWorkerById("quiet").join(Probe.PATIENCE);

      assertThat(taps()).isEqualTo(before);
    }
  }

  private static int taps() {
    return (int)
        Arrays.stream(Logger.getLogger("").getHandlers())
            .filter(handler -> handler.getClass().getName().startsWith("io.synchronik"))
            .count();
  }
}
