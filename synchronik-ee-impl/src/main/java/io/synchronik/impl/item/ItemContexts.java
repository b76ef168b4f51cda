package io.synchronik.impl.item;

import io.synchronik.impl.item.add.ItemAdditions;
import io.synchronik.impl.item.claim.ItemAttempt;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.task.AttemptThreads;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.NewItem;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the contexts of items use.
 *
 * @param transactions of what they read and add
 * @param additions of items
 * @param milestones of the work
 * @param subTasks executes sub-tasks
 * @param code the boundary around them
 */
record ItemContexts(
    Transactions transactions,
    ItemAdditions additions,
    Milestones milestones,
    Executor subTasks,
    UserCode code) {
  private static final ItemSets SETS = new ItemSets();

  OfItem of(ItemAttempt attempt, ItemStore.Owned item, ItemAttempt.Said said) {
    return new OfItem(this, attempt, item, said);
  }

  /** What the worker sees of an attempt of an item. */
  record OfItem(
      ItemContexts uses, ItemAttempt execution, ItemStore.Owned item, ItemAttempt.Said said)
      implements ItemContext, AttemptThreads {
    @Override
    public ItemId id() {
      return item.id();
    }

    @Override
    public RunId run() {
      return new RunId(execution.run().run());
    }

    @Override
    public UnitId unit() {
      return execution.run().worker().id();
    }

    @Override
    public Optional<String> key() {
      return Optional.ofNullable(item.key());
    }

    @Override
    public int attempt() {
      return item.attempt();
    }

    @Override
    public ItemStatistics statistics() {
      return uses.transactions.joined(tx -> ItemCounts.sum(tx.session(), item.id().set()));
    }

    @Override
    public boolean cancelled() {
      return execution.stopped().isPresent();
    }

    @Override
    public void add(NewItem<?> added) {
      ItemAdditions.Written written = uses.additions.written(added);
      uses.transactions.joined(
          tx -> {
            ItemSets.Found set = SETS.share(tx.session(), item.id().set()).orElseThrow();
            return uses.additions.add(tx, set, 0, List.of(written), ItemAdditions.Source.WORK);
          });
    }

    @Override
    public void fail(String reason) {
      said.giveUp(reason);
    }

    @Override
    public void milestone(String id, @Nullable Object payload) {
      uses.milestones.emit(
          id, payload, execution.run().worker().id().value(), execution.run().run());
    }

    @Override
    public Optional<RunId> attemptOf() {
      return Optional.of(run());
    }

    @Override
    public Executor executor() {
      return uses.subTasks;
    }

    @Override
    public <T extends @Nullable Object> T call(Callable<T> subTask) throws Throwable {
      return uses.code().through(subTask);
    }
  }
}
