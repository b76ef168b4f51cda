package io.synchronik.item;

import io.synchronik.unit.UnitId;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerConfig;
import io.synchronik.worker.WorkerDefinition;
import io.synchronik.worker.WorkerHooks;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker whose runs consist of items. Implement {@link ItemWork}, {@link ChunkWork} or {@link
 * ManualItems}, never this interface alone. (It is not sealed, as CDI's proxies implement it.)
 *
 * <p>A run begins with the enumeration and goes on until all items are final or its policy says so;
 * then it completes or fails, once, with an {@link ItemSummary} as its result. Retries, their
 * delays and what follows the loss of a node are those of the worker, for the enumeration and for
 * each item; the timeout is for each call of an item or chunk.
 *
 * @param <P> type of the payloads: anything that JSON-B can write and read
 */
public interface ItemSource<P extends @Nullable Object> extends WorkerHooks, ItemHooks {
  /**
   * Adds the items. Called once per attempt at the beginning of a run; a run with no items
   * completes. By default there are none, and the run stays open for those from outside.
   *
   * @param items takes them
   * @param run what this attempt is about
   * @throws Exception any exception fails the attempt; retries follow as configured
   */
  default void enumerate(Items<P> items, RunContext run) throws Exception {
    items.keepOpen();
  }

  /** Returns what decides about the run; default {@link ItemPolicy#failFast()}. */
  default ItemPolicy policy() {
    return ItemPolicy.failFast();
  }

  /**
   * Returns within which time from its start a run must have ended, or it fails; empty (default)
   * for no limit. A negative time is over at once, one above {@link
   * io.synchronik.schedule.Schedule#LONGEST} is that.
   */
  default Optional<Duration> deadline() {
    return Optional.empty();
  }

  /**
   * Defines a worker with items by code in memory.
   *
   * @param id unique over the application's units
   * @param payload what payloads are read as
   * @param work the code
   * @param <P> type of the payloads
   * @return a definition with default configuration, enabled
   * @throws IllegalArgumentException if the id has a wrong form
   */
  static <P> WorkerDefinition worker(String id, Class<P> payload, ItemSource<? super P> work) {
    return new WorkerDefinition(
        new UnitId(id),
        id,
        "",
        true,
        WorkerConfig.DEFAULT,
        new WorkerDefinition.ItemLambda(payload, work));
  }
}
