package io.synchronik.it.benchmarks;

/**
 * What is to be worked off, the same for all contenders but for the number.
 *
 * @param items all enqueued before the first runs
 * @param transactional whether each inserts a row of the application's own
 */
record ItemLoad(int items, boolean transactional) {
  static final int THREADS = 16;
  static final int CONNECTIONS = 20;
}
