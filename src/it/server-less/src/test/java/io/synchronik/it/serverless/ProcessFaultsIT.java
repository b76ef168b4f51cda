package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One fault at each statement and each commit in turn: runs end as if there were none. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessFaultsIT {
  private static final int NODES = 3;

  /** A run cannot do with less, so that a series that ends earlier has not struck at all. */
  private static final int FEWEST_STATEMENTS = 50;

  private static final int FEWEST_COMMITS = 8;

  /** More than one round of the loop has. */
  private static final int STATEMENTS_OF_LOOP = 60;

  private static final int COMMITS_OF_LOOP = 24;
  private static final String CALLER = "caller";

  @Parameter DatabaseKind kind;
  private final List<FaultyNode> nodes = new ArrayList<>();

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    for (int i = 0; i < NODES; i++) {
      nodes.add(new FaultyNode(kind));
    }
  }

  @AfterParameterizedClassInvocation
  void stop() {
    nodes.forEach(FaultyNode::close);
    nodes.clear();
  }

  /** Faults of a kind in runs of a process, one place after the other, on whatever node. */
  private record Series(
      String process, Faults.Kind kind, AtomicInteger next, Queue<Faults.Hit> hits) {
    Series(String process, Faults.Kind kind) {
      this(process, kind, new AtomicInteger(), new ConcurrentLinkedQueue<>());
    }

    /** Returns which threads were hit. */
    List<String> threads() {
      return hits.stream()
          .map(hit -> hit.thread().replaceAll("^(synchronik-)?([a-z]+).*", "$2"))
          .toList();
    }
  }

  @Test
  void faultAtEachStepOfARunChangesNothing() throws Exception {
    List<Series> all = new ArrayList<>();
    for (Faults.Kind fault : Faults.Kind.values()) {
      all.add(new Series("in-a-row", fault));
      if (fault.atCommit()) {
        all.add(new Series("in-a-graph", fault));
      }
    }
    all.add(new Series("in-a-graph", Faults.Kind.LOST_AT_STATEMENT));

    onEachNode(node -> all.forEach(series -> strikeUntilTheEnd(node, series)));

    for (Series series : all) {
      assertThat(series.hits)
          .as(series.toString())
          .hasSizeGreaterThan(series.kind.atCommit() ? FEWEST_COMMITS : FEWEST_STATEMENTS);
    }
    for (boolean atCommit : new boolean[] {true, false}) {
      assertThat(all.stream().filter(series -> series.kind.atCommit() == atCommit))
          .flatExtracting(Series::threads)
          .contains(CALLER, "intake", "decisions", "completions", "worker");
    }
  }

  /** Strikes at one place after the other until a run ends before it comes to the place. */
  private static void strikeUntilTheEnd(FaultyNode node, Series series) {
    Faults.Trap trap;
    do {
      int at = series.next.incrementAndGet();
      trap = node.play(series.process, series.kind, at, ProcessFaultsIT::movesRuns);
      trap.hit().ifPresent(series.hits::add);
    } while (trap.hit().isPresent());
  }

  @Test
  void faultAtEachStepOfTheLoopChangesNothing() throws Exception {
    List<Series> all = new ArrayList<>();
    all.add(new Series("in-a-graph", Faults.Kind.LOST_AT_STATEMENT));
    all.add(new Series("in-a-graph", Faults.Kind.LOST_AFTER_COMMIT));

    onEachNode(node -> all.forEach(series -> strikeAtTheLoop(node, series)));

    for (Series series : all) {
      assertThat(series.hits).hasSize(placesInLoop(series));
    }
  }

  private static void strikeAtTheLoop(FaultyNode node, Series series) {
    int at;
    while ((at = series.next.incrementAndGet()) <= placesInLoop(series)) {
      Faults.Trap trap = node.play(series.process, series.kind, at, ProcessFaultsIT::isLoop);
      series.hits.add(node.awaitHit(trap));
    }
  }

  private static int placesInLoop(Series series) {
    return series.kind.atCommit() ? COMMITS_OF_LOOP : STATEMENTS_OF_LOOP;
  }

  private static boolean movesRuns(Thread thread) {
    return !isLoop(thread) && !thread.getName().startsWith("synchronik-lease");
  }

  private static boolean isLoop(Thread thread) {
    return thread.getName().startsWith("synchronik-quartz");
  }

  private interface Part {
    void work(FaultyNode node) throws Exception;
  }

  private void onEachNode(Part part) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(NODES, task -> new Thread(task, CALLER));
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (FaultyNode node : nodes) {
        parts.add(
            threads.submit(
                () -> {
                  part.work(node);
                  node.check();
                  return null;
                }));
      }
      for (Future<?> one : parts) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
