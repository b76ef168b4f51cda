package io.synchronik.impl.item.claim;

import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.tx.Failures;
import io.synchronik.run.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a worker for an item, or for the items of a chunk. */
public final class ItemAttempt extends Execution {
  private final ItemSlice.ItemRun run;
  private final List<ItemStore.Owned> items;

  public ItemAttempt(ItemSlice.ItemRun run, List<ItemStore.Owned> items) {
    this.run = run;
    this.items = items;
  }

  public ItemSlice.ItemRun run() {
    return run;
  }

  public List<ItemStore.Owned> items() {
    return items;
  }

  /** What the work says about an item by other means than returning. */
  public static final class Said {
    private @Nullable String givenUp;
    private @Nullable Object result;

    public void giveUp(String reason) {
      givenUp = reason;
    }

    public void result(@Nullable Object value) {
      result = value;
    }

    public @Nullable Object result() {
      return result;
    }

    public @Nullable Failure failure() {
      return givenUp == null ? null : Failures.told("ItemFailed", givenUp);
    }
  }
}
