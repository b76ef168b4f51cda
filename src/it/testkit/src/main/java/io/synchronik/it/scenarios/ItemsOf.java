package io.synchronik.it.scenarios;

import io.synchronik.item.ChunkItem;
import io.synchronik.item.ChunkWork;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemNotice;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.ManualItems;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker with items, put together from code. */
final class ItemsOf<P> {
  /** Adds items. */
  interface Enumeration<P> {
    void enumerate(Items<P> items, RunContext run) throws Exception;
  }

  /** Works on an item. */
  interface Body<P> {
    @Nullable Object process(P payload, ItemContext item) throws Exception;
  }

  private final String id;
  private final Class<P> payload;
  private Enumeration<P> enumeration = (items, run) -> {};
  private ItemPolicy policy = ItemPolicy.failFast();
  private @Nullable Duration deadline;
  private @Nullable Body<P> work;
  private @Nullable ChunkWork<P> chunks;
  private Consumer<String> told = text -> {};

  ItemsOf(String id, Class<P> payload) {
    this.id = id;
    this.payload = payload;
  }

  ItemsOf<P> adding(Consumer<Items<P>> adds) {
    return addingIn((items, run) -> adds.accept(items));
  }

  ItemsOf<P> addingIn(Enumeration<P> adds) {
    enumeration = adds;
    return this;
  }

  ItemsOf<P> keptOpen() {
    return adding(Items::keepOpen);
  }

  ItemsOf<P> working(Body<P> how) {
    work = how;
    return this;
  }

  ItemsOf<P> chunked(ChunkWork<P> how) {
    chunks = how;
    return this;
  }

  ItemsOf<P> tolerant() {
    return deciding(ItemPolicy.continueOnFailure());
  }

  ItemsOf<P> deciding(ItemPolicy how) {
    policy = how;
    return this;
  }

  ItemsOf<P> within(Duration limit) {
    deadline = limit;
    return this;
  }

  /** Tells what hooks are called: the change and the key. */
  ItemsOf<P> telling(Consumer<String> listener) {
    told = listener;
    return this;
  }

  WorkerDefinition definition() {
    ItemSource<P> source =
        work != null ? new Single(work) : chunks != null ? new Chunked(chunks) : new Manual();
    return ItemSource.worker(id, payload, source);
  }

  /** What all kinds share. */
  private class Told implements ItemSource<P> {
    @Override
    public void enumerate(Items<P> items, RunContext run) throws Exception {
      enumeration.enumerate(items, run);
    }

    @Override
    public ItemPolicy policy() {
      return policy;
    }

    @Override
    public Optional<Duration> deadline() {
      return Optional.ofNullable(deadline);
    }

    @Override
    public void onItemInitialized(ItemNotice item) {
      told.accept("initialized " + item.key());
    }

    @Override
    public void onItemStarted(ItemNotice item) {
      told.accept("started " + item.key());
    }

    @Override
    public void onItemCompleted(ItemNotice item) {
      told.accept("completed " + item.key());
    }

    @Override
    public void onItemFailed(ItemNotice item) {
      told.accept("failed " + item.key());
    }

    @Override
    public void onItemCanceled(ItemNotice item) {
      told.accept("canceled " + item.key());
    }
  }

  private final class Single extends Told implements ItemWork<P, @Nullable Object> {
    private final Body<P> how;

    Single(Body<P> how) {
      this.how = how;
    }

    @Override
    @SuppressWarnings("NullAway") // a result may be null
    public @Nullable Object process(P item, ItemContext context) throws Exception {
      return how.process(item, context);
    }
  }

  private final class Chunked extends Told implements ChunkWork<P> {
    private final ChunkWork<P> how;

    Chunked(ChunkWork<P> how) {
      this.how = how;
    }

    @Override
    public void process(List<ChunkItem<P>> items) throws Exception {
      how.process(items);
    }
  }

  private final class Manual extends Told implements ManualItems<P> {}
}
