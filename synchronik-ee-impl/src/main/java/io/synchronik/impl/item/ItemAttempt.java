package io.synchronik.impl.item;

import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.tx.Failures;
import io.synchronik.run.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a worker for an item, or for the items of a chunk. */
final class ItemAttempt extends Execution {
  private final ItemSlice.ItemRun run;
  private final List<ItemStore.Owned> items;

  ItemAttempt(ItemSlice.ItemRun run, List<ItemStore.Owned> items) {
    this.run = run;
    this.items = items;
  }

  ItemSlice.ItemRun run() {
    return run;
  }

  List<ItemStore.Owned> items() {
    return items;
  }

  /** What the work says about an item by other means than returning. */
  static final class Said {
    private @Nullable String givenUp;
    private @Nullable Object result;

    void giveUp(String reason) {
      givenUp = reason;
    }

    void result(@Nullable Object value) {
      result = value;
    }

    @Nullable Object result() {
      return result;
    }

    @Nullable Failure failure() {
      return givenUp == null ? null : Failures.told("ItemFailed", givenUp);
    }
  }
}
