package io.synchronik.item;

import io.synchronik.run.FailureKind;
import io.synchronik.run.ItemId;
import io.synchronik.run.Page;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Work items from outside. Calls that change something take part in the caller's JTA transaction
 * when there is one; without one each call is a transaction of its own. Safe for use by several
 * threads.
 *
 * <p>Calls about runs throw {@link io.synchronik.run.UnknownRunException} for a run that does not
 * exist, and {@link io.synchronik.run.WrongStateException} for one without items; calls about items
 * throw {@link UnknownItemException} for one that does not exist, and {@link
 * io.synchronik.run.WrongStateException} when its state does not allow the change. Nothing is
 * changed then.
 */
public interface WorkItems {
  /**
   * Adds items to a run that has not ended, also before it has started. All are added, or none.
   *
   * @param runId a run of a worker with items
   * @param items what to add
   * @return their ids, in the same order
   * @throws io.synchronik.run.InvalidPayloadException if a payload is too large, cannot be written,
   *     or cannot be read as what the worker takes
   * @throws DuplicateItemException if the run has a key already, or an item of another run where
   *     keys are unique beyond their run
   * @throws io.synchronik.run.WrongStateException if the run has ended
   */
  List<ItemId> add(String runId, Collection<? extends NewItem<?>> items);

  /** Adds one item. */
  default ItemId add(String runId, NewItem<?> item) {
    return add(runId, List.of(item)).get(0);
  }

  /** Lets a run that was kept open end when all its items are final. */
  void close(String runId);

  /** Returns how a run stands; empty when there is no such run or it has no items. */
  Optional<ItemRunView> findRun(String runId);

  /** Returns an item; empty when there is none. */
  Optional<ItemView> find(ItemId id);

  /**
   * Lists items of a run, in the order of their ids. A page leaves out what may be long: payload
   * and result have no value, and a failure has the first 500 characters of its message and an
   * empty stack trace. {@link #find} returns all of one item.
   */
  Page<ItemView> list(String runId, ItemQuery query);

  /**
   * Returns the kinds of failures of the failed items of a run, those that happened last first; at
   * most 1,000.
   */
  List<FailureKind> failures(String runId);

  /**
   * Starts a manual item.
   *
   * @param id an initialized item of a worker that is {@link ManualItems}
   */
  void start(ItemId id);

  /**
   * Completes a manual item that was started.
   *
   * @param id the item
   * @param result anything that JSON-B can write, may be null
   */
  void complete(ItemId id, @Nullable Object result);

  /**
   * Lets a manual item that was started fail.
   *
   * @param id the item
   * @param reason kept as the failure's message
   */
  void fail(ItemId id, String reason);

  /** Puts a manual item that was started back to initialized. */
  void reset(ItemId id);

  /**
   * Withdraws an item that is not final; one under way is interrupted and its result refused.
   *
   * @param id the item
   * @param reason recorded; null for who asks
   */
  void cancel(ItemId id, @Nullable String reason);

  /** Tries a failed item again, with all its attempts, while its run goes on. */
  void retry(ItemId id);

  /**
   * Tries the failed items of a run again, with all their attempts, while it goes on. A run that
   * has ended is run again by {@link io.synchronik.SynchronikManager#retryRun}, which takes over
   * what failed or was withdrawn.
   *
   * <p>Up to 1,000 items are changed in the caller's transaction. More are put back in bites in
   * transactions of their own: before this returns when the caller has no transaction, else after
   * his commit, by any node. The command survives the death of nodes. It means the items that have
   * failed by now; the run does not end before it is carried out, unless its policy says so. What
   * somebody holds comes last and is waited for. One {@link io.synchronik.event.ItemsReset} tells
   * of all.
   *
   * @param runId the run
   * @param failure only items whose latest failure's type or message contains this text; null for
   *     all
   * @return how many, whoever has put them back; with a transaction, how many there are now
   * @throws io.synchronik.run.SynchronikException SYNC-0190 if others hold the rest and nothing has
   *     gone on for half a lease: the command is recorded and goes on by itself
   */
  int retryFailed(String runId, @Nullable String failure);

  /**
   * Does what {@link #retryFailed} does for the items whose failure is of one kind.
   *
   * @param runId the run
   * @param group of the kind, as {@link #failures} has it
   * @return how many, as there
   * @throws IllegalArgumentException if there can be no such group
   */
  int retryGroup(String runId, String group);
}
