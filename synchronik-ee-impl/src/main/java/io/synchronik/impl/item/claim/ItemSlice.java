package io.synchronik.impl.item.claim;

import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Job;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.worker.WorkerConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A few items of one set that a thread works off, one after the other. */
public final class ItemSlice extends Execution implements Job {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final String id = "slice " + NUMBERS.incrementAndGet();
  private final ItemRun run;
  private final Deque<ItemStore.Owned> items;
  private final boolean limited;
  private volatile @Nullable ItemAttempt current;

  /**
   * What the items of a set have in common.
   *
   * @param set the set
   * @param run its run
   * @param worker who works on them
   * @param shape how
   * @param config in force
   */
  public record ItemRun(
      long set, String run, RegisteredWorker worker, ItemShape shape, WorkerConfig config) {}

  ItemSlice(ItemRun run, Collection<ItemStore.Owned> items, boolean limited) {
    this.run = run;
    this.limited = limited;
    this.items = new ArrayDeque<>(items);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Execution execution() {
    return this;
  }

  public ItemRun run() {
    return run;
  }

  /** Returns whether its items must stay on one thread. */
  boolean limited() {
    return limited;
  }

  /** Takes the next items, at most so many; none when there are none left. */
  public synchronized List<ItemStore.Owned> next(int most) {
    List<ItemStore.Owned> next = new ArrayList<>();
    while (next.size() < most && !items.isEmpty()) {
      next.add(items.removeFirst());
    }
    return next;
  }

  /** Takes all items that are left. */
  public synchronized List<ItemStore.Owned> rest() {
    return next(Integer.MAX_VALUE);
  }

  public @Nullable ItemAttempt current() {
    return current;
  }

  /** Begins an attempt; it is stopped at once when the slice was. */
  public void begin(ItemAttempt attempt) {
    current = attempt;
    stopped().ifPresent(attempt::stop);
  }

  @Override
  public synchronized void stop(Stop why) {
    super.stop(why);
    ItemAttempt attempt = current;
    if (attempt != null) {
      attempt.stop(why);
    }
  }
}
