package io.synchronik.process;

/** In which order a process runs its workers. The same for manual, scheduled and recovered runs. */
public enum RunMode {
  /** One after the other, as declared. The default. */
  SEQUENTIAL,
  /** All at once. */
  PARALLEL,
  /** Groups of {@link RunOrder#batchSize}: the next group starts when all of the last one ended. */
  BATCHED,
  /** One after the other, with {@link RunOrder#isolationDelay} between them. */
  ISOLATED,
  /** Each worker starts as soon as the workers that it depends on have ended. */
  GRAPH
}
