package io.synchronik.item;

import io.synchronik.run.ItemId;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one attempt of an item is about. Valid during the attempt. */
public interface ItemContext {
  /**
   * Returns the item's id: the same for all its attempts, a key for effects outside the database.
   */
  ItemId id();

  /** Returns the run that the item belongs to. */
  RunId run();

  /** Returns the worker. */
  UnitId unit();

  /** Returns the item's key, empty when it has none. */
  Optional<String> key();

  /** Returns the number of this attempt, from 1. */
  int attempt();

  /** Returns how the items of the run stand, read from the database now. */
  ItemStatistics statistics();

  /** Returns whether the item is to end: cancelled, timed out, or this node stops. */
  boolean cancelled();

  /**
   * Adds an item to the run, in the transaction of this attempt when it has one; otherwise at once.
   * A repeated attempt adds it again unless it has a key.
   *
   * @param item the item; passed over when the run has its key already, or an item of another run
   *     where keys are unique beyond their run
   * @throws io.synchronik.run.InvalidPayloadException if the payload is too large or cannot be
   *     written
   * @throws io.synchronik.run.WrongStateException if the run has ended
   */
  void add(NewItem<?> item);

  /**
   * Lets the item fail when the method returns: for good, without an exception and without a retry.
   * What the method has written in its transaction stays.
   *
   * @param reason kept as the failure's message
   */
  void fail(String reason);

  /**
   * Announces a milestone of the run. Inside a transaction it is announced when that commits;
   * otherwise at once.
   *
   * @param id 1 to 200 characters
   * @param payload anything that JSON-B can write, may be null
   */
  void milestone(String id, @Nullable Object payload);
}
