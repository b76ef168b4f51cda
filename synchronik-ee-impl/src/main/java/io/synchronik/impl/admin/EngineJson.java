package io.synchronik.impl.admin;

import io.synchronik.EngineStats;
import java.time.Instant;
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
    EngineStats.Threads threads,
    EngineStats.Work work,
    MemoryJson memory,
    CpuJson cpu,
    EngineStats.@Nullable Pool pool)
    implements Answer {

  /** The heap; a bound of −1 means that there is none. */
  @Schema(name = "Memory")
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
    return new EngineJson(
        node.application(),
        node.name(),
        node.incarnation(),
        node.running(),
        node.startedAt(),
        node.liveNodes(),
        stats.threads(),
        stats.work(),
        new MemoryJson(memory.used(), memory.committed(), memory.max()),
        new CpuJson(cpu.sinceLastCall(), cpu.interval().toMillis(), cpu.processors()),
        stats.pool());
  }
}
