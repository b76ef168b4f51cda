package io.synchronik.impl.item;

import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.NewItems;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ItemNotices;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.Registry;
import io.synchronik.item.ItemHooks;
import io.synchronik.item.ItemNotice;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunId;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Tells hooks of workers what has become of their items. */
final class ItemNews {
  private final Registry registry;
  private final ItemNotices notices;

  ItemNews(Core core, Strands strands) {
    this.registry = core.registry();
    this.notices = new ItemNotices(strands, core.code());
  }

  void initialized(ItemSets.Found set, List<NewItems.New> items) {
    RegisteredWorker worker = hooked(set.unit());
    if (worker != null) {
      for (NewItems.New item : items) {
        ItemNotice notice =
            new ItemNotice(
                new ItemId(set.id(), item.n()), new RunId(set.run()), item.key(), 0, null);
        notices.tell(worker, notice, ItemHooks::onItemInitialized);
      }
    }
  }

  void canceled(String unit, ItemNotice item) {
    RegisteredWorker worker = hooked(unit);
    if (worker != null) {
      notices.tell(worker, item, ItemHooks::onItemCanceled);
    }
  }

  void ended(ItemEnds.Applied one, BiConsumer<ItemHooks, ItemNotice> hook) {
    ItemSlice.ItemRun run = one.ended().run();
    if (run.shape().hooks()) {
      ItemNotice notice = ItemRunner.notice(run, one.ended().item(), one.change().failure());
      notices.tell(run.worker(), notice, hook);
    }
  }

  private @Nullable RegisteredWorker hooked(String unit) {
    RegisteredWorker worker = registry.worker(unit);
    ItemShape shape = worker == null ? null : worker.target().items();
    return shape != null && shape.hooks() ? worker : null;
  }
}
