package io.synchronik.impl.unit;

import io.synchronik.impl.exec.BoundedTasks;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.item.ItemHooks;
import io.synchronik.item.ItemNotice;
import io.synchronik.run.Failure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Tells hooks of items what has come true, in order per worker. No table has it: what is more than
 * there is room for is left out.
 */
public final class ItemNotices {
  private static final Logger LOG = System.getLogger(ItemNotices.class.getName());
  private static final long MOST_BYTES = 4 << 20;
  private static final int BARE = 400;

  private final Strands strands;
  private final UserCode code;
  private final Map<String, BoundedTasks> units = new ConcurrentHashMap<>();

  public ItemNotices(Strands strands, UserCode code) {
    this.strands = strands;
    this.code = code;
  }

  /** Tells a hook of a worker soon. */
  public void tell(
      RegisteredWorker worker, ItemNotice item, BiConsumer<ItemHooks, ItemNotice> hook) {
    String what = "A hook of '" + worker.id() + "'";
    units
        .computeIfAbsent(
            worker.id().value(),
            unit -> new BoundedTasks(strands, what, MOST_BYTES, () -> warn(unit)))
        .offer(() -> code.tell(what, () -> call(worker, item, hook)), bytes(item));
  }

  private static void call(
      RegisteredWorker worker, ItemNotice item, BiConsumer<ItemHooks, ItemNotice> hook) {
    try (WorkTarget.Opened opened = worker.target().open()) {
      hook.accept(opened.items(), item);
    }
  }

  private static void warn(String unit) {
    LOG.log(Level.WARNING, Message.ITEM_HOOKS_BEHIND.with(unit));
  }

  private static long bytes(ItemNotice item) {
    Failure failure = item.failure();
    return failure == null
        ? BARE
        : BARE + 2L * (failure.message().length() + failure.stackTrace().length());
  }
}
