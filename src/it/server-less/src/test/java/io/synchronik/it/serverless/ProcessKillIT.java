package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import org.junit.jupiter.api.Test;

/** One of two nodes is killed in the middle of many runs of processes; the other ends them all. */
class ProcessKillIT extends TwoNodes {
  private static final int RUNS = 200;
  private static final int WORKERS = 3;

  @Test
  void everyRunEndsOnTheOtherNode() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      survivor.manager().runProcessById(ForkedNode.PROCESSES.get(i % ForkedNode.PROCESSES.size()));
    }
    Await.until(Probe.PATIENCE, () -> runningOnVictim("tell") > 1);

    kill();
    Await.until(
        Probe.PATIENCE,
        () -> completed() + " runs of " + RUNS + " have completed",
        () -> completed() == RUNS);

    assertThat(number("select count(*) from sk_run where losses > 0")).isGreaterThan(1);
    new ProcessAudit(database, survivor.manager()).check(RUNS, (long) RUNS * WORKERS);
  }

  private long completed() {
    return number(
        "select count(*) from sk_run where definition is not null and state = 'completed'");
  }
}
