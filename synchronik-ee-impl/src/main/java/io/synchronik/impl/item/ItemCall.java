package io.synchronik.impl.item;

import io.synchronik.impl.item.claim.ItemAttempt;
import io.synchronik.impl.item.claim.ItemSlice;
import io.synchronik.impl.run.attempt.Awaited;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.task.CurrentAttempt;
import io.synchronik.impl.tx.Json;
import io.synchronik.item.ChunkItem;
import io.synchronik.item.ChunkWork;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls a worker with the items of an attempt.
 *
 * @param attempt the attempt
 * @param contexts what their contexts use
 * @param json reads payloads
 */
record ItemCall(ItemAttempt attempt, ItemContexts contexts, Json json) {
  void to(ItemSource<Object> source, List<ItemAttempt.Said> said) throws Exception {
    ItemSlice.ItemRun run = attempt.run();
    if (run.shape().hooks()) {
      attempt.items().forEach(item -> source.onItemStarted(ItemRunner.notice(run, item, null)));
    }
    if (source instanceof ChunkWork<Object> work) {
      List<ChunkItem<Object>> chunk = new ArrayList<>();
      for (int i = 0; i < said.size(); i++) {
        ItemStore.Owned item = attempt.items().get(i);
        chunk.add(new InChunk(payload(item), contexts.of(attempt, item, said.get(i)), said.get(i)));
      }
      CurrentAttempt.enter(contexts.of(attempt, attempt.items().get(0), said.get(0)));
      work.process(List.copyOf(chunk));
    } else if (source instanceof ItemWork<Object, ?> work) {
      ItemStore.Owned item = attempt.items().get(0);
      ItemContexts.OfItem context = contexts.of(attempt, item, said.get(0));
      CurrentAttempt.enter(context);
      said.get(0).result(Awaited.result(work.process(payload(item), context)));
    }
  }

  @SuppressWarnings("NullAway") // null is for the work to judge
  private Object payload(ItemStore.Owned item) {
    return json.read(item.payload(), attempt.run().shape().payload());
  }

  private record InChunk(Object payload, ItemContext context, ItemAttempt.Said said)
      implements ChunkItem<Object> {
    @Override
    public void result(@Nullable Object result) {
      said.result(result);
    }
  }
}
