package io.synchronik.impl.settings;

import java.time.Duration;
import java.util.Map;

/**
 * All settings of one application on one node, read once at start.
 *
 * @param identity who the application and the node are
 * @param store where state is kept
 * @param pace how often the engine looks after things
 * @param work how work is executed
 * @param history what is kept of the past
 * @param payloadLimit largest payload, result or milestone as JSON in bytes; default 65,536
 */
public record Settings(
    Identity identity, Store store, Pace pace, Work work, History history, int payloadLimit) {

  /**
   * Who.
   *
   * @param application {@code synchronik.application}: owner of all rows; default the context path
   * @param node {@code synchronik.node}: name for people; default the host name
   * @param version {@code synchronik.version}: of the application; default empty
   */
  public record Identity(String application, String node, String version) {}

  /**
   * Where.
   *
   * @param datasource {@code synchronik.datasource}: JNDI name; default the server's
   * @param schema {@code synchronik.schema}: default migrate
   * @param startWait {@code synchronik.start-wait}: how long a start waits for a database that is
   *     away or rows that others hold; default 60 s, 0 to 1 h
   */
  public record Store(String datasource, SchemaMode schema, Duration startWait) {}

  /**
   * How often.
   *
   * @param loop {@code synchronik.loop-interval}: default 1 s, 50 ms to 1 min
   * @param watcher {@code synchronik.watcher-interval}: default 60 s, 1 s to 1 h
   * @param lease {@code synchronik.lease}: how long a silent node keeps its work; default 30 s, 3 s
   *     to 1 h; renewed at a third
   * @param stats {@code synchronik.stats-interval}: of the milestone engine:stats; 0 (default) for
   *     never
   * @param listen {@code synchronik.listen}: whether nodes on PostgreSQL wake one another, which
   *     takes a connection of each; default true
   */
  public record Pace(
      Duration loop, Duration watcher, Duration lease, Duration stats, boolean listen) {}

  /**
   * How work is executed.
   *
   * @param workers {@code synchronik.workers}: threads for attempts; default max(16, 2 × cores)
   * @param stopGrace {@code synchronik.stop-grace}: how long a stop waits before it interrupts;
   *     default 10 s
   * @param transactionTimeout {@code synchronik.transaction-timeout}: of transactional attempts
   *     without a timeout of their own; default 5 min
   * @param queues {@code synchronik.queue."<name>"}: how many calls for items of a queue are under
   *     way at once, 1 to 10,000; 1 for those that are not named
   * @param answerLimit {@code synchronik.answer-limit}: how long policies, conditions and retry
   *     delays may take to answer; default 30 s, 100 ms to 10 min
   * @param longRunning {@code synchronik.long-running}: attempts over it are reported; default 10
   *     min
   */
  public record Work(
      int workers,
      Duration stopGrace,
      Duration transactionTimeout,
      Duration answerLimit,
      Duration longRunning,
      Map<String, Integer> queues) {
    /** Returns how many calls for items of a queue are under way at once. */
    public int queue(String name) {
      return queues.getOrDefault(name, 1);
    }
  }

  /**
   * What is kept.
   *
   * @param retain {@code synchronik.history.retain}: final runs and events; default 7 days
   * @param runs {@code synchronik.history.runs}: final runs per unit at most; default 1,000
   * @param audit {@code synchronik.retention.audit}: what people did; default 400 days
   */
  public record History(Duration retain, int runs, Duration audit) {}
}
