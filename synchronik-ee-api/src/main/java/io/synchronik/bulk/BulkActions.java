package io.synchronik.bulk;

import io.synchronik.run.Page;
import java.util.Optional;

/**
 * The same done to many, by the server. Safe for use by several threads.
 *
 * <p>A bulk action is recorded in the caller's JTA transaction when there is one, and begins with
 * its commit. It goes on in bites, each a transaction of its own that also keeps how far it has
 * come: it survives the death of the node that carries it out, and of all nodes, and does nothing
 * twice. What somebody holds meanwhile is set aside and comes last; what somebody else has changed
 * before its turn is skipped and counted. A milestone {@code bulk:done}, {@code bulk:canceled} or
 * {@code bulk:failed} tells of its end, with {@code id}, {@code action}, {@code over} and the
 * counts, and one {@link io.synchronik.event.ItemsReset} for each run of which items are tried
 * again. It is kept as long as {@code synchronik.history.retain} says.
 */
public interface BulkActions {
  /**
   * Returns to how many something would be done now.
   *
   * @param action what
   * @param filter to whom
   * @throws IllegalArgumentException if the action cannot be done to what the filter is about
   */
  long count(BulkAction action, BulkFilter filter);

  /**
   * Does something to all that fit now, as soon as the transaction commits; does not wait for it.
   *
   * <p>Runs are run again as if somebody asked for each: the overlap policies of their units apply,
   * and runs of a unit that is disabled, paused or gone count as failed.
   *
   * @param request what, to whom, and to how many
   * @return the bulk action
   * @throws BulkCountException SYNC-0213 if the count is not what was expected; nothing is done
   */
  BulkView start(BulkRequest request);

  /** Returns a bulk action; empty when there is none. */
  Optional<BulkView> find(String id);

  /**
   * Lists bulk actions, newest first.
   *
   * @param query which
   */
  Page<BulkView> list(BulkQuery query);

  /**
   * Ends a bulk action after the bite that is going on; what was done stays done.
   *
   * @param id which
   * @return false when it has ended already, or somebody else has said so
   * @throws UnknownBulkException SYNC-0214 if there is none
   */
  boolean cancel(String id);
}
