package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.it.serverless.Cluster.Member;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.node.NodeState;
import io.synchronik.node.NodeView;
import io.synchronik.node.UnknownNodeException;
import io.synchronik.process.Process;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that is to take nothing more in. */
class DrainingIT {

  @Worker(id = "tick", every = "50ms", misfireThreshold = "1h", overlap = Overlap.ALLOW)
  static class Tick implements Work<String> {
    @Override
    public String run(RunContext run) {
      return "tick";
    }
  }

  @Worker(id = "lines")
  static class Lines implements ItemWork<Integer, Void> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 500).forEach(items::add);
    }

    @Override
    public Void process(Integer line, ItemContext item) {
      return null;
    }
  }

  private Cluster cluster;
  private Member a;
  private Member b;

  @BeforeEach
  void start() {
    cluster = new Cluster();
    a = member("a");
    b = member("b");
    a.manager().updateUnitConfig("held", config -> config.overlap(Overlap.ALLOW));
  }

  private Member member(String name) {
    return cluster.start(name, node -> node.beans(Tick.class, Lines.class));
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void nodesTellWhatTheyHaveToDo() {
    held(a, b);
    Await.until(
        Probe.PATIENCE, () -> nodes().stream().allMatch(one -> load(one) && one.load().busy() > 0));

    List<NodeView> nodes = nodes();
    assertThat(nodes).extracting(NodeView::name).containsExactly("a", "b");
    assertThat(nodes)
        .allSatisfy(
            one -> {
              assertThat(one.state()).isEqualTo(NodeState.LIVE);
              assertThat(one.draining()).isNull();
              assertThat(one.leaseUntil()).isAfter(one.heartbeatAt());
              assertThat(one.load().workers()).isEqualTo(4);
              assertThat(one.load().stuck()).isZero();
              assertThat(one.load().threads()).isPositive();
              assertThat(one.load().heapUsed()).isPositive();
              assertThat(one.load().cpu()).isNotNegative();
            });
  }

  /** Asked of the other one. */
  @Test
  void drainingNodeTakesNothingInAndIsEmptyAfterItsLastAttempt() {
    List<RunHandle> runs = held(a, b);
    b.manager().nodes().drain(incarnation("a"));
    Await.until(Probe.PATIENCE, () -> node("a").state() == NodeState.DRAINING);
    NodeView.Draining order = node("a").draining();
    assertThat(order.by()).isNotEmpty();
    assertThat(order.emptySince()).isNull();
    awaitHeard();
    b.held().letAllGo();
    long begun = ofNode("a");
    long fired = a.manager().getEngineStats().work().fired();

    for (int i = 0; i < 20; i++) {
      a.manager().runWorkerById("held");
    }
    assertThat(a.manager().runWorkerById("lines").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.COMPLETED);
    awaitTicks(20);
    assertThat(ofNode("a")).isEqualTo(begun);
    assertThat(a.manager().getEngineStats().work().fired()).isEqualTo(fired);
    assertThat(number("select count(*) from sk_item where node = 'a'")).isZero();
    assertThat(node("a").state()).isEqualTo(NodeState.DRAINING);

    a.held().letAllGo();
    Await.until(Probe.PATIENCE, () -> node("a").state() == NodeState.EMPTY);
    runs.forEach(run -> assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED));
    assertThat(number("select count(*) from sk_run where losses > 0")).isZero();
  }

  @Test
  void resumedNodeTakesWorkIn() {
    drainBoth();
    RunHandle run = b.manager().runWorkerById("lines");
    long ticks = number("select count(*) from sk_run where unit = 'tick'");
    for (int i = 0; i < 3; i++) {
      awaitHeard();
    }
    assertThat(number("select count(*) from sk_run where unit = 'tick'"))
        .as("nobody fires")
        .isEqualTo(ticks);

    b.manager().nodes().resume(incarnation("a"));

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    Await.until(
        Probe.PATIENCE,
        () -> number("select count(*) from sk_run where unit = 'tick'") > ticks + 20);
    assertThat(node("a").state()).isEqualTo(NodeState.LIVE);
    assertThat(node("b").state()).isEqualTo(NodeState.EMPTY);
    assertThat(
            number(
                "select count(*) - count(distinct scheduled_at) from sk_run where unit = 'tick'"))
        .isZero();
  }

  @Test
  void processGoesOnElsewhere() {
    SynchronikManager manager = a.manager();
    manager.registerUnit(Process.named("both").workers("held", "lines").build());
    b.manager().registerUnit(Process.named("both").workers("held", "lines").build());
    RunHandle run = manager.runUnitById("both", RunRequest.PLAIN);
    Await.until(
        Probe.PATIENCE, () -> a.held().begun.seen().size() + b.held().begun.seen().size() == 1);
    Member working = a.held().begun.seen().isEmpty() ? b : a;

    working.manager().nodes().drain(incarnation(working.name()));
    Await.until(Probe.PATIENCE, () -> node(working.name()).state() == NodeState.DRAINING);
    working.held().letAllGo();

    assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    Await.until(Probe.PATIENCE, () -> node(working.name()).state() == NodeState.EMPTY);
  }

  @Test
  void orderOutlivesALostLease() throws Exception {
    a.manager().nodes().drain(incarnation("a"));
    Await.until(Probe.PATIENCE, () -> node("a").state() == NodeState.EMPTY);
    String before = incarnation("a");

    cluster.expireLease(a, b);
    Await.until(
        Probe.PATIENCE,
        () ->
            nodes().stream()
                .anyMatch(
                    one ->
                        one.name().equals("a")
                            && !one.incarnation().equals(before)
                            && one.state() == NodeState.EMPTY));
  }

  @Test
  void callersTransactionHoldsNothing() throws Exception {
    a.node()
        .inTransaction(
            () -> {
              a.manager().nodes().drain(incarnation("b"));
              Await.until(Probe.PATIENCE, () -> node("b").state() == NodeState.EMPTY);
            });
  }

  @Test
  void unknownOnesAreRefused() {
    assertThatThrownBy(() -> a.manager().nodes().drain("nobody"))
        .isInstanceOf(UnknownNodeException.class)
        .hasMessage("SYNC-0220 No node has the incarnation 'nobody'");
    assertThatThrownBy(() -> a.manager().nodes().resume("nobody"))
        .isInstanceOf(UnknownNodeException.class);
  }

  private void drainBoth() {
    a.manager().nodes().drain(incarnation("a"));
    a.manager().nodes().drain(incarnation("b"));
    Await.until(
        Probe.PATIENCE, () -> nodes().stream().allMatch(one -> one.state() == NodeState.EMPTY));
  }

  /** More runs than one of the nodes has threads. */
  private List<RunHandle> held(Member... members) {
    List<RunHandle> runs =
        IntStream.range(0, 6).mapToObj(i -> a.manager().runWorkerById("held")).toList();
    for (Member member : members) {
      member.held().begun.awaitCount(1, run -> true, Probe.PATIENCE);
    }
    return runs;
  }

  private void awaitHeard() {
    // One heartbeat after those that tell of what was ordered
    var heard = node("a").heartbeatAt();
    Await.until(Probe.PATIENCE, () -> node("a").heartbeatAt().isAfter(heard));
  }

  private void awaitTicks(int more) {
    long ticks = number("select count(*) from sk_run where unit = 'tick'");
    Await.until(
        Probe.PATIENCE,
        () -> number("select count(*) from sk_run where unit = 'tick'") > ticks + more);
  }

  private long ofNode(String name) {
    return number("select count(*) from sk_run where node = '" + name + "'");
  }

  private static boolean load(NodeView node) {
    return node.load() != null;
  }

  private List<NodeView> nodes() {
    return b.manager().nodes().list();
  }

  private NodeView node(String name) {
    return nodes().stream()
        .filter(one -> one.name().equals(name))
        .reduce((x, y) -> y)
        .orElseThrow();
  }

  private String incarnation(String name) {
    return node(name).incarnation();
  }

  private long number(String sql) {
    try {
      return cluster.database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
