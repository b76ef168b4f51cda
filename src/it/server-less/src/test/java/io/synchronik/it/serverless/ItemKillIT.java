package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One of two nodes is killed in the middle of many items; the other ends their runs. */
class ItemKillIT extends TwoNodes {
  private static final int ITEMS = 3000;
  private static final int RUNS = 8;
  private static final int LISTED = 5000;
  private static final int FEW = 40;
  private static final String STARTED = "select count(*) from sk_item where state = 'started'";
  private static final Duration PATIENCE = Probe.PATIENCE;

  @Test
  void nodeKilledAmongItemsLosesAndDoublesNone() throws Exception {
    RunHandle run = survivor.manager().runWorkerById(Bills.BILL, ITEMS);
    Await.until(
        Probe.PATIENCE,
        () ->
            number("select count(*) from sk_item where node = 'victim' and state = 'completed'")
                    > 10
                && heldOnVictim() > 0);

    kill();
    RunOutcome outcome = run.join(PATIENCE);

    assertThat(outcome.state()).isEqualTo(RunState.COMPLETED);
    assertThat(number("select count(*) from sk_item where losses > 0")).isPositive();
    Bills.check(database, 1, ITEMS);
  }

  @Test
  void nodeKilledWhileItEnumeratesDoublesNothing() throws Exception {
    List<RunHandle> runs =
        IntStream.range(0, RUNS)
            .mapToObj(i -> survivor.manager().runWorkerById(Bills.LIST, LISTED))
            .toList();
    Await.until(
        Probe.PATIENCE,
        () ->
            number(
                    "select count(*) from sk_run r join sk_node n on n.incarnation = r.owner"
                        + " where n.name = 'victim' and exists (select 1 from sk_item_set s"
                        + " join sk_item i on i.item_set = s.id where s.run = r.id)")
                > 0);

    kill();

    for (RunHandle run : runs) {
      assertThat(run.join(PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    }
    assertThat(number("select count(*) from sk_run where losses > 0")).isPositive();
    Bills.check(database, RUNS, LISTED);
  }

  @Test
  void permitsOfAKilledNodeAreFree() throws Exception {
    RunHandle run = survivor.manager().runWorkerById(Bills.FEW, FEW);
    Await.until(PATIENCE, () -> number(STARTED) == 3);
    assertThat(number(STARTED + " and node = 'victim'")).isBetween(1L, 2L);

    kill();

    assertThat(run.join(PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    Await.until(PATIENCE, () -> number("select count(*) from sk_permit") == 0);
    Bills.check(database, 1, FEW);
  }

  /** What is held there never ends. */
  private long heldOnVictim() {
    return number(
        "select count(*) from sk_item i join sk_node n on n.incarnation = i.owner"
            + " where n.name = 'victim' and i.state = 'started'"
            + " and cast(i.payload as integer) % 50 = 0");
  }
}
