package io.synchronik.impl.item;

import io.synchronik.impl.item.add.ItemSignals;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.NewItems;
import io.synchronik.item.ItemNotice;
import io.synchronik.run.ItemId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the running engine, when there is one; otherwise the next start finds what is to do. */
public record EngineItemSignals(Supplier<@Nullable RunningItems> running) implements ItemSignals {
  @Override
  public void bulk() {
    tell(RunningItems::bulk);
  }

  private void tell(Consumer<RunningItems> signal) {
    RunningItems present = running.get();
    if (present != null) {
      signal.accept(present);
    }
  }

  @Override
  public void added(ItemSets.Found set, List<NewItems.New> items) {
    tell(present -> present.added(set, items));
  }

  @Override
  public void ready(long set) {
    tell(present -> present.ready(set));
  }

  @Override
  public void moved(long set) {
    tell(present -> present.moved(set));
  }

  @Override
  public void canceled(String unit, ItemNotice item) {
    tell(present -> present.canceled(unit, item));
  }

  @Override
  public void withdrawn(ItemId item, String by) {
    tell(present -> present.withdrawn(item, by));
  }
}
