package io.synchronik.worker;

/** Work without a result. All else is as with {@link Work}. */
@FunctionalInterface
public interface Action extends WorkerHooks {
  /**
   * Does the work.
   *
   * @param run what this attempt is about
   * @throws Exception any exception fails the attempt; retries follow as configured
   */
  void run(RunContext run) throws Exception;
}
