package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.EngineLog;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A unit comes while another one of its id is released: nobody waits crosswise. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ReleaseOrderIT {
  private static final String UNIT = "late";
  private static final String RELEASER = "releaser";
  private static final String DEFINER = "definer";

  @Parameter DatabaseKind kind;
  private final Faults faults = new Faults();
  private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Thread> definer = new AtomicReference<>();
  private final CountDownLatch holdsSchedule = new CountDownLatch(1);
  private final CountDownLatch releaserIsBack = new CountDownLatch(1);
  private Database database;
  private Node node;
  private SynchronikManager manager;

  @BeforeEach
  void start() {
    database = kind.create("order");
    node = Node.on(database).setting("synchronik.lease", "30s").faults(faults).start();
    manager = node.manager();
  }

  @AfterEach
  void stop() {
    faults.clear();
    node.close();
    database.close();
  }

  @Test
  void releaseMeetsADefinitionNotCrosswise() throws Exception {
    try (EngineLog log = EngineLog.detailed()) {
      faults.watch(this::told);
      Thread releaser = thread(RELEASER, () -> manager.releaseUnit(UNIT, false));
      releaser.join();
      definer.get().join();

      assertThat(thrown).isEmpty();
      assertThat(log.lines(Level.FINE, "eadlock")).isEmpty();
    }
    assertThat(database.number("select count(*) from sk_unit where id = '" + UNIT + "'"))
        .isEqualTo(database.number("select count(*) from sk_schedule where unit = '" + UNIT + "'"));
  }

  private void told(Faults.Hit hit) {
    String sql = hit.what().toLowerCase(Locale.ROOT);
    boolean locks = sql.startsWith("select") && sql.contains(" update");
    boolean locksUnit = locks && sql.contains("from sk_unit ");
    boolean locksSchedule = locks && sql.contains("from sk_schedule ");
    if (hit.thread().equals(RELEASER)) {
      if (locksUnit && definer.get() == null) {
        // It has found no schedule to lock
        Thread first = thread("first", this::register);
        definer.set(first);
        join(first);
        definer.set(thread(DEFINER, this::register));
        await(holdsSchedule);
      } else if (definer.get() != null
          && ((locksSchedule && !sql.contains("skip locked"))
              || sql.contains("delete from sk_schedule"))) {
        releaserIsBack.countDown();
      }
    } else if (hit.thread().equals(DEFINER) && locksUnit) {
      holdsSchedule.countDown();
      await(releaserIsBack);
    }
  }

  private void register() {
    manager.registerUnit(
        WorkerDefinition.of(UNIT, run -> "done").with(config -> config.every(Duration.ofHours(1))));
  }

  private Thread thread(String name, Runnable body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Throwable e) {
                thrown.add(e);
              } finally {
                if (name.equals(RELEASER)) {
                  releaserIsBack.countDown();
                }
              }
            },
            name);
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
