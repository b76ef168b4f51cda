package io.synchronik.impl.node;

import io.synchronik.EngineStats;
import io.synchronik.impl.exec.Lane;
import io.synchronik.impl.store.node.NodeStore;
import io.synchronik.impl.unit.Core;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Numbers about the engine on this node. */
public final class Statistics {
  private final Core core;
  private final DataSource datasource;
  private final NodeStore nodes = new NodeStore();
  private final LongAdder fired = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final CpuMeter cpu = new CpuMeter();
  private final CpuMeter heartbeats = new CpuMeter();

  public Statistics(Core core, DataSource datasource) {
    this.core = core;
    this.datasource = datasource;
  }

  public void fired(int schedules) {
    fired.add(schedules);
  }

  public void completed() {
    completed.increment();
  }

  public void failed() {
    failed.increment();
  }

  public void rejected() {
    rejected.increment();
  }

  /**
   * What differs while the engine runs.
   *
   * @param running whether it does
   * @param startedAt its latest start
   * @param busy threads that execute an attempt
   * @param stuck of those, ignoring their interrupt
   * @param lanes how they stand
   */
  public record Present(
      boolean running, Instant startedAt, int busy, int stuck, List<Lane.Standing> lanes) {}

  public EngineStats read(Present present) {
    int live = core.transactions().joined(tx -> nodes.countLive(tx.session(), tx.session().now()));
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new EngineStats(
        new EngineStats.Node(
            core.settings().identity().application(),
            core.settings().identity().node(),
            core.journal().incarnation(),
            present.running,
            present.startedAt,
            live,
            core.clock().offset()),
        new EngineStats.Memory(heap.getUsed(), heap.getCommitted(), heap.getMax()),
        cpu.read(),
        new EngineStats.Threads(
            ManagementFactory.getThreadMXBean().getThreadCount(),
            core.settings().work().workers(),
            present.busy,
            present.stuck),
        pool(),
        new EngineStats.Work(fired.sum(), completed.sum(), failed.sum(), rejected.sum()),
        present.lanes.stream().map(Statistics::lane).toList());
  }

  private static EngineStats.Lane lane(Lane.Standing lane) {
    return new EngineStats.Lane(
        lane.name(), lane.waiting(), lane.aside(), lane.inWork(), lane.oldest());
  }

  /**
   * What a heartbeat tells.
   *
   * @param busy threads that execute an attempt
   * @param stuck of those, ignoring their interrupt
   * @param threads of the JVM
   * @param heapUsed bytes
   * @param heapMax bytes; −1 without a bound
   * @param cpu share of one processor since the last heartbeat
   * @param connections in use; null when the pool does not tell
   */
  public record Load(
      int busy,
      int stuck,
      int threads,
      long heapUsed,
      long heapMax,
      double cpu,
      @Nullable Integer connections) {}

  /** Returns what this node has to do; for heartbeats alone. */
  public Load load(int busy, int stuck) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    EngineStats.Pool connections = pool();
    return new Load(
        busy,
        stuck,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        heap.getUsed(),
        heap.getMax(),
        heartbeats.read().sinceLastCall(),
        connections == null ? null : connections.active());
  }

  /** Agroal's metrics where the pool shows them; other pools do not tell. */
  private EngineStats.@Nullable Pool pool() {
    try {
      Object metrics = datasource.getClass().getMethod("getMetrics").invoke(datasource);
      return new EngineStats.Pool(
          number(metrics, "activeCount"), number(metrics, "availableCount"), -1);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }

  private static int number(Object metrics, String method)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    Object value = metrics.getClass().getMethod(method).invoke(metrics);
    return value instanceof Number number ? number.intValue() : 0;
  }
}
