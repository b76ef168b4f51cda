package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.net.Command;
import io.synchronik.impl.net.Effect;
import io.synchronik.impl.net.NetPhase;
import io.synchronik.impl.net.NetState;
import io.synchronik.impl.net.Outcome;
import io.synchronik.impl.net.Step;
import io.synchronik.impl.net.StepResult;
import io.synchronik.impl.net.plan.Net;
import io.synchronik.impl.net.plan.NetCompiler;
import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The net alone, without a database, on one thread. A transition is an accepted command with all
 * that follows from it: each worker of a run takes two, its start and its end.
 */
class NetBenchmark {
  private static final long WARM_UP =
      TimeUnit.SECONDS.toNanos(Integer.getInteger("benchmark.net.warm-up", 2));
  private static final long WINDOW =
      TimeUnit.SECONDS.toNanos(Integer.getInteger("benchmark.net.seconds", 3));
  private static final int COMPILATIONS = 15;

  private record Subject(String label, NetPlan plan) {}

  /**
   * Transitions per second.
   *
   * @param wall of wall time, other load on the machine included
   * @param core of the thread's time on a core
   */
  private record Speed(double wall, double core) {}

  @Test
  void transitionsAndCompilation() {
    List<Subject> subjects =
        List.of(
            new Subject("chain of 10", plan(RunMode.SEQUENTIAL, 10)),
            new Subject("parallel 10", plan(RunMode.PARALLEL, 10)),
            new Subject("batched 1,000", plan(RunMode.BATCHED, 1_000)),
            new Subject("graph 100", plan(RunMode.GRAPH, 100)),
            new Subject("graph 1,000", plan(RunMode.GRAPH, 1_000)),
            new Subject("graph 10,000", plan(RunMode.GRAPH, 10_000)));
    List<Speed> speeds = new ArrayList<>();
    List<Double> first = new ArrayList<>();
    List<Double> median = new ArrayList<>();
    for (Subject subject : subjects) {
      List<Double> times = compilations(subject.plan);
      first.add(times.get(0));
      median.add(times.stream().sorted().toList().get(COMPILATIONS / 2));
    }
    for (Subject subject : subjects) {
      Net net = NetCompiler.compile(subject.plan);
      transitionsPerSecond(net, WARM_UP);
      speeds.add(transitionsPerSecond(net, WINDOW));
    }
    Table table = new Table().line("").line("Nets, one thread").line(Machine.description());
    table
        .row("", subjects, Subject::label)
        .row("edges", subjects, subject -> "" + subject.plan.links().size())
        .row("transitions per second of wall time", speeds, s -> Table.number(s.wall))
        .row("of one core's time (aim: 1,000,000)", speeds, s -> Table.number(s.core))
        .row("check and compile, first time, ms", first, Table::number)
        .row("median, ms (aim for 1,000: 50)", median, Table::number);
    System.out.println(table);
    assertThat(median.get(4)).isLessThan(50);
  }

  /** A graph has three parents per worker among the fifty before it. */
  private static NetPlan plan(RunMode mode, int size) {
    List<String> workers = IntStream.range(0, size).mapToObj(i -> "worker-" + i).toList();
    List<NetPlan.Link> links = new ArrayList<>();
    Random random = new Random(size);
    Set<Integer> parents = new HashSet<>();
    for (int i = 1; i < size && mode == RunMode.GRAPH; i++) {
      parents.clear();
      for (int k = 0; k < 3; k++) {
        parents.add(Math.max(0, i - 1 - random.nextInt(50)));
      }
      for (int parent : parents) {
        links.add(new NetPlan.Link(workers.get(parent), workers.get(i), false));
      }
    }
    return new NetPlan(RunOrder.of(mode), FailurePolicy.CONTINUE, workers, links);
  }

  private static List<Double> compilations(NetPlan plan) {
    Set<String> known = new HashSet<>(plan.workers());
    Supplier<Net> compile =
        () -> {
          assertThat(NetCompiler.check(plan, known::contains)).isEmpty();
          return NetCompiler.compile(plan);
        };
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < COMPILATIONS; i++) {
      long begin = System.nanoTime();
      assertThat(compile.get().tasks()).isGreaterThanOrEqualTo(plan.workers().size());
      times.add((System.nanoTime() - begin) / 1e6);
    }
    return times;
  }

  private static Speed transitionsPerSecond(Net net, long nanos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    long beginOnCore = threads.getCurrentThreadCpuTime();
    long transitions = 0;
    long passed;
    do {
      transitions += run(net);
      passed = System.nanoTime() - begin;
    } while (passed < nanos);
    long onCore = threads.getCurrentThreadCpuTime() - beginOnCore;
    return new Speed(transitions * 1e9 / passed, transitions * 1e9 / onCore);
  }

  private static int run(Net net) {
    ArrayDeque<Effect.Ready> ready = new ArrayDeque<>();
    NetState state = move(net, NetState.initial(net), new Command.Start(List.of()), ready);
    int transitions = 1;
    while (!ready.isEmpty()) {
      Effect.Ready next = ready.remove();
      int task = next.task();
      state = move(net, state, new Command.Started(task, next.generation()), ready);
      Command end = new Command.Ended(task, next.generation(), Outcome.SUCCEEDED);
      state = move(net, state, end, ready);
      transitions += 2;
    }
    assertThat(state.phase()).isEqualTo(NetPhase.COMPLETED);
    return transitions;
  }

  private static NetState move(
      Net net, NetState state, Command command, ArrayDeque<Effect.Ready> ready) {
    StepResult.Moved moved = (StepResult.Moved) Step.apply(net, state, command);
    for (Effect effect : moved.effects()) {
      if (effect instanceof Effect.Ready one) {
        ready.add(one);
      }
    }
    return moved.state();
  }
}
