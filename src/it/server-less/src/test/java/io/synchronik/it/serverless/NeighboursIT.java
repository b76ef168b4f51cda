package io.synchronik.it.serverless;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.NewItem;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes tell one another of work; their loops are too slow to find it in time. */
class NeighboursIT {
  /** Before the next loop. */
  private static final Duration SOON = Duration.ofSeconds(50);

  private final Semaphore permits = new Semaphore(0);
  private final Probe<String> begun = new Probe<>();
  private Database database;
  private Node busy;
  private Node idle;

  @BeforeEach
  void start() {
    database = DatabaseKind.POSTGRESQL.create("neighbours");
    busy = node("busy");
    idle = node("idle");
  }

  private Node node(String name) {
    Node node =
        Node.on(database)
            .setting("synchronik.node", name)
            .setting("synchronik.loop-interval", "60s")
            .setting("synchronik.lease", "5m")
            .setting("synchronik.workers", "1")
            .setting("synchronik.stop-grace", "50ms")
            .connections(10)
            .start();
    ItemWork<Integer, Integer> work =
        (number, item) -> {
          begun.accept(name);
          permits.acquire();
          return number;
        };
    node.manager().registerUnit(ItemSource.worker("shared", Integer.class, work));
    return node;
  }

  @AfterEach
  void stop() {
    permits.release(100);
    busy.close();
    idle.close();
    database.close();
  }

  @Test
  void otherNodeTakesWhatThisOneHasNoThreadFor() {
    RunHandle run = busy.manager().runWorkerById("shared");
    String id = run.id().value();
    Await.until(
        SOON, () -> busy.manager().items().findRun(id).filter(found -> found.open()).isPresent());
    for (int i = 0; i < 4; i++) {
      busy.manager().items().add(id, NewItem.of(i));
    }

    begun.awaitCount(1, "busy"::equals, SOON);
    begun.awaitCount(1, "idle"::equals, SOON);

    permits.release(100);
    busy.manager().items().close(id);
    Await.until(SOON, () -> run.state() == RunState.COMPLETED);
  }
}
