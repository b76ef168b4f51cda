package io.synchronik;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers about the engine on this node at one moment.
 *
 * @param node who answered
 * @param memory the JVM's heap
 * @param cpu the JVM's processor use
 * @param threads the JVM's threads and the engine's own
 * @param pool connections of the datasource; null when the pool does not tell
 * @param work what the engine has done since its start on this node
 * @param lanes what the engine works off in batches on this node, each of which always is there;
 *     empty when the engine does not run
 */
public record EngineStats(
    Node node,
    Memory memory,
    Cpu cpu,
    Threads threads,
    @Nullable Pool pool,
    Work work,
    List<Lane> lanes) {
  public EngineStats {
    lanes = List.copyOf(lanes);
  }

  /**
   * The node.
   *
   * @param application the application
   * @param name the node's name
   * @param incarnation id of this start of the application on this node
   * @param running whether it fires and claims
   * @param startedAt start of the engine
   * @param liveNodes nodes of the application with a valid lease
   * @param clockOffset how far this machine's clock was ahead of the database's when that was asked
   *     last, with the way to it; negative when it was behind. The engine goes by the database's
   *     time: a large offset only makes timers early or late, by up to the loop's interval
   */
  public record Node(
      String application,
      String name,
      String incarnation,
      boolean running,
      Instant startedAt,
      int liveNodes,
      Duration clockOffset) {}

  /**
   * Bytes of heap.
   *
   * @param used in use
   * @param committed taken from the system
   * @param max upper bound; −1 when there is none
   */
  public record Memory(long used, long committed, long max) {}

  /**
   * Processor use of the JVM.
   *
   * @param sinceLastCall share of one processor since the last call on this node, 0 to the number
   *     of processors; since the start of the engine for the first call
   * @param interval the time that the share covers
   * @param processors available processors
   */
  public record Cpu(double sinceLastCall, Duration interval, int processors) {}

  /**
   * Threads.
   *
   * @param live of the JVM
   * @param workers of the engine for attempts
   * @param busy of those, executing an attempt
   * @param stuck of those, executing an attempt that ignores its interrupt
   */
  public record Threads(int live, int workers, int busy, int stuck) {}

  /**
   * Connections of the datasource.
   *
   * @param active in use
   * @param available idle
   * @param max upper bound; −1 when there is none
   */
  public record Pool(int active, int available, int max) {}

  /**
   * Counts since the start of the engine on this node.
   *
   * @param fired schedules that this node fired
   * @param completed runs that completed here
   * @param failed runs whose last attempt failed here
   * @param rejected results that came with an old fence
   */
  public record Work(long fired, long completed, long failed, long rejected) {}

  /**
   * What one thread, or a group of threads, works off in batches: such as ends of attempts that are
   * to be recorded, or events that are to be told. One that grows and grows old does not keep up;
   * one with something put aside meets rows that somebody holds, or something that fails.
   *
   * @param name what it does, for people
   * @param waiting how many wait, at least 0
   * @param aside of those, put aside for a moment: somebody else holds what they are about, the
   *     database is away, or they failed
   * @param inWork how many are being worked off, at least 0
   * @param oldest for how long the oldest of all these has been there; zero when there is none
   */
  public record Lane(String name, int waiting, int aside, int inWork, Duration oldest) {}
}
