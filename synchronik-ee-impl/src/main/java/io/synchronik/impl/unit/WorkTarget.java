package io.synchronik.impl.unit;

import io.synchronik.item.ItemSource;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerHooks;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs when a worker runs. */
public interface WorkTarget {
  /** Returns the bean or method, for people; the same on every node. */
  String description();

  /** Returns whether another target is the same code, so that it may take this one's place. */
  default boolean sameAs(WorkTarget other) {
    return durable() && other.durable() && description().equals(other.description());
  }

  /** Returns whether any node with the same code can run it; false for code in memory. */
  boolean durable();

  /** Returns the rules of the transaction of attempts, which the engine owns; null for none. */
  @Nullable RollbackRules transaction();

  /** Returns whether it overrides any hook, so that others need no instance for events. */
  boolean hasHooks();

  /** Returns what it makes of its items; null when its runs have none. */
  default @Nullable ItemShape items() {
    return null;
  }

  /** Prepares one attempt on this thread: request context, instance, parameters. */
  Opened open();

  /** An attempt's instance; closed on the same thread. */
  interface Opened extends AutoCloseable {
    /** Does the work. */
    @Nullable Object run(RunContext run) throws Exception;

    /** Returns what adds and works on items; only when the target has items. */
    default ItemSource<Object> items() {
      throw new IllegalStateException("a worker without items");
    }

    /** Returns the hooks, when the target has any. */
    Optional<WorkerHooks> hooks();

    @Override
    void close();
  }
}
