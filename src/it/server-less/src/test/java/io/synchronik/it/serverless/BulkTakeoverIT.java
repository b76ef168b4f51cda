package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.bulk.BulkState;
import io.synchronik.bulk.BulkView;
import io.synchronik.event.ItemsReset;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The node that carries a bulk action out dies at it, or stops; another one goes on. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class BulkTakeoverIT {
  private static final int MANY = 4000;

  @Parameter DatabaseKind kind;
  private final Faults faults = new Faults();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Database database;
  private Node dies;
  private Node survives;

  @BeforeEach
  void start() {
    database = kind.create("takeover");
    dies = node("dies").faults(faults).start();
    survives = node("survives").start();
  }

  private NodeBuilder node(String name) {
    return Node.on(database)
        .setting("synchronik.node", name)
        .setting("synchronik.lease", "3s")
        .setting("synchronik.loop-interval", "200ms")
        .setting("synchronik.stop-grace", "50ms");
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    dies.close();
    survives.close();
    database.close();
  }

  private BulkView begun(RunHandle run) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    AtomicInteger commits = new AtomicInteger();
    faults.watch(
        hit -> {
          if (hit.thread().startsWith("synchronik-bulk")
              && hit.what().equals(Faults.COMMIT)
              && commits.incrementAndGet() == 6) {
            reached.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    BulkView begun =
        dies.manager()
            .bulk()
            .start(BulkRequest.of(BulkAction.RETRY, BulkFilter.Items.ALL.ofRun(run.id().value())));
    reached.await();
    assertThat(view(begun).progress().done()).isBetween(1L, MANY - 1L);
    return begun;
  }

  private BulkView view(BulkView bulk) {
    return survives.manager().bulk().find(bulk.id()).orElseThrow();
  }

  private void assertAllOnce(BulkView begun, RunHandle run) throws Exception {
    Await.until(Probe.PATIENCE, () -> view(begun).state().isFinal());
    assertThat(view(begun).state()).isEqualTo(BulkState.DONE);
    assertThat(view(begun).progress().done()).isEqualTo(MANY);
    assertThat(view(begun).progress().skipped()).isZero();
    assertThat(
            database.number(
                "select count(*) from sk_item i join sk_item_set s on s.id = i.item_set"
                    + " where s.run = ? and i.state = 'ready' and i.fence = 2",
                run.id().value()))
        .isEqualTo(MANY);
    assertThat(
            survives
                .manager()
                .items()
                .findRun(run.id().value())
                .orElseThrow()
                .statistics()
                .failed())
        .isZero();
  }

  @Test
  void anotherNodeGoesOnWhereOneHasDied() throws Exception {
    RunHandle run = ManyFailed.begin(dies.manager(), database, "many", MANY);
    Probe<ItemsReset> told = new Probe<>();
    survives
        .manager()
        .subscribeToEvents(
            event -> {
              if (event instanceof ItemsReset reset) {
                told.accept(reset);
              }
            });
    BulkView begun = begun(run);

    dies.kill();
    goOn.countDown();

    assertAllOnce(begun, run);
    assertThat(told.awaitNext(reset -> true).items()).isEqualTo(MANY);
  }

  @Test
  void anotherNodeGoesOnWhereOneStops() throws Exception {
    RunHandle run = ManyFailed.begin(dies.manager(), database, "many", MANY);
    BulkView begun = begun(run);

    Thread stops = new Thread(dies.manager()::stop);
    stops.start();
    goOn.countDown();
    stops.join();

    assertAllOnce(begun, run);
  }

  /** A node that does not work has it done by the others. */
  @Test
  void stoppedNodeLeavesItToOthers() throws Exception {
    RunHandle run = ManyFailed.begin(dies.manager(), database, "many", MANY);
    dies.manager().stop();

    BulkView begun =
        dies.manager()
            .bulk()
            .start(BulkRequest.of(BulkAction.RETRY, BulkFilter.Items.ALL.ofRun(run.id().value())));

    assertAllOnce(begun, run);
  }
}
