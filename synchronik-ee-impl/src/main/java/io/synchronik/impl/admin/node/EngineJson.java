package io.synchronik.impl.admin.node;

import io.synchronik.EngineStats;
import io.synchronik.impl.admin.json.Answer;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The engine on the answering node. */
@Schema(name = "Engine")
record EngineJson(
    String application,
    String node,
    @Schema(description = "id of this start of the application on this node") String incarnation,
    @Schema(description = "whether it fires and claims") boolean running,
    Instant startedAt,
    int liveNodes,
    @Schema(
            description = "how far this machine's clock is ahead of the database's",
            example = "PT0.012S")
        String clockOffset,
    ThreadsJson threads,
    WorkJson work,
    MemoryJson memory,
    CpuJson cpu,
    @Nullable PoolJson pool,
    @Schema(description = "what the engine works off in batches; empty when it does not run")
        List<LaneJson> lanes)
    implements Answer {

  /** What the engine works off in batches. */
  @Schema(name = "Lane")
  record LaneJson(
      @Schema(description = "what it does", example = "recording completions") String name,
      int waiting,
      @Schema(
              description =
                  "of those, put aside for a moment: somebody else holds what they are about, the"
                      + " database is away, or they failed")
          int aside,
      @Schema(description = "being worked off") int inWork,
      @Schema(description = "for how long the oldest has been there") long oldestMs) {
    static LaneJson of(EngineStats.Lane lane) {
      return new LaneJson(
          lane.name(), lane.waiting(), lane.aside(), lane.inWork(), lane.oldest().toMillis());
    }
  }

  /** Threads of the JVM and of the engine. */
  @Schema(name = "Threads")
  record ThreadsJson(
      @Schema(description = "of the JVM") int live,
      @Schema(description = "of the engine, for attempts") int workers,
      @Schema(description = "of those, executing an attempt") int busy,
      @Schema(description = "of those, executing an attempt that ignores its interrupt")
          int stuck) {}

  /** Counts since the start of the engine on this node. */
  @Schema(name = "Work", description = "Since the start of the engine on this node")
  record WorkJson(
      long fired,
      long completed,
      long failed,
      @Schema(description = "results that came with an old fence") long rejected) {}

  /** Connections of the datasource. */
  @Schema(name = "Pool", description = "Connections of the datasource; max is -1 without a bound")
  record PoolJson(int active, int available, int max) {
    static @Nullable PoolJson of(EngineStats.@Nullable Pool pool) {
      return pool == null ? null : new PoolJson(pool.active(), pool.available(), pool.max());
    }
  }

  /** The heap; a bound of −1 means that there is none. */
  @Schema(name = "Memory", description = "The heap; maxBytes is -1 without a bound")
  record MemoryJson(long usedBytes, long committedBytes, long maxBytes) {}

  /** Use of processors since the last call on this node. */
  @Schema(name = "Cpu")
  record CpuJson(
      @Schema(description = "0 to the number of processors") double sinceLastCall,
      long intervalMs,
      int processors) {}

  static EngineJson of(EngineStats stats) {
    EngineStats.Node node = stats.node();
    EngineStats.Memory memory = stats.memory();
    EngineStats.Cpu cpu = stats.cpu();
    EngineStats.Threads threads = stats.threads();
    EngineStats.Work work = stats.work();
    return new EngineJson(
        node.application(),
        node.name(),
        node.incarnation(),
        node.running(),
        node.startedAt(),
        node.liveNodes(),
        node.clockOffset().toString(),
        new ThreadsJson(threads.live(), threads.workers(), threads.busy(), threads.stuck()),
        new WorkJson(work.fired(), work.completed(), work.failed(), work.rejected()),
        new MemoryJson(memory.used(), memory.committed(), memory.max()),
        new CpuJson(cpu.sinceLastCall(), cpu.interval().toMillis(), cpu.processors()),
        PoolJson.of(stats.pool()),
        stats.lanes().stream().map(LaneJson::of).toList());
  }
}
