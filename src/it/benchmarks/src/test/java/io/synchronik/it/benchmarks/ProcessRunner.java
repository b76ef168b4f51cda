package io.synchronik.it.benchmarks;

import java.util.List;

/** Something that runs processes without end, as many at once as the benchmark says. */
interface ProcessRunner extends AutoCloseable {
  /** Begins no more processes. */
  void stop();

  @Override
  void close();

  /** Waits until threads have ended. */
  static void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
