package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.serverless.Cluster.Member;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.OutputLine;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.WorkerDefinition;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an attempt has said when its database or its node goes away meanwhile. */
class OutputOutageIT {
  private final Cluster cluster = new Cluster();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Member member;
  private RunHandle run;

  @BeforeEach
  void start() {
    member = cluster.start("talking", node -> node.setting("synchronik.unit.\"talks\".log", "own"));
    member
        .manager()
        .registerUnit(
            WorkerDefinition.of(
                "talks",
                context -> {
                  context.log("before");
                  goOn.await();
                  context.log("after");
                  return "done";
                }));
    run = member.manager().runWorkerById("talks");
    Await.until(Probe.PATIENCE, () -> said(member).equals(List.of("before")));
  }

  @AfterEach
  void close() {
    goOn.countDown();
    cluster.close();
  }

  private List<String> said(Member by) {
    return by.manager().monitoring().output(run.id().value(), 1, 0, 10).stream()
        .map(OutputLine::text)
        .toList();
  }

  @Test
  void isWrittenWhenTheDatabaseIsBack() throws Exception {
    member.node().disconnect();
    goOn.countDown();
    member.node().reconnect();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    Await.until(Probe.PATIENCE, () -> said(member).equals(List.of("before", "after")));
  }

  @Test
  void outlivesItsNode() {
    Member alive = cluster.start("alive");

    member.node().kill();

    assertThat(said(alive)).containsExactly("before");
  }
}
