package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkActions;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.bulk.BulkState;
import io.synchronik.bulk.BulkView;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.node.NodeState;
import io.synchronik.node.NodeView;
import io.synchronik.run.RunHandle;
import org.junit.jupiter.api.Test;

/** The node that carries a bulk action out is killed in the middle of it. */
class BulkKillIT extends TwoNodes {
  private static final int MANY = 40_000;

  @Test
  void nodeKilledAmongItemsLosesAndDoublesNone() throws Exception {
    RunHandle run = ManyFailed.begin(survivor.manager(), database, "many", MANY);
    BulkActions bulk = survivor.manager().bulk();
    String own =
        survivor.manager().nodes().list().stream()
            .filter(node -> node.name().equals("survivor"))
            .map(NodeView::incarnation)
            .findFirst()
            .orElseThrow();
    survivor.manager().nodes().drain(own);
    Await.until(
        Probe.PATIENCE,
        () ->
            survivor.manager().nodes().list().stream()
                .anyMatch(
                    node -> node.incarnation().equals(own) && node.state() == NodeState.EMPTY));

    BulkView begun =
        bulk.start(
            BulkRequest.of(BulkAction.RETRY, BulkFilter.Items.ALL.ofRun(run.id().value()))
                .expecting(MANY));
    Await.until(Probe.PATIENCE, () -> bulk.find(begun.id()).orElseThrow().progress().done() > 1000);
    kill();
    long done = bulk.find(begun.id()).orElseThrow().progress().done();
    assertThat(done).isLessThan(MANY);
    survivor.manager().nodes().resume(own);

    Await.until(Probe.PATIENCE, () -> bulk.find(begun.id()).orElseThrow().state().isFinal());
    BulkView ended = bulk.find(begun.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(BulkState.DONE);
    assertThat(ended.progress().done()).isEqualTo(MANY);
    assertThat(ended.progress().skipped()).isZero();
    assertThat(number("select count(*) from sk_item where state = 'ready' and fence = 2"))
        .isEqualTo(MANY);
  }
}
