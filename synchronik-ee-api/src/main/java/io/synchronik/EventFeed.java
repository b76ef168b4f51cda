package io.synchronik;

import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.event.Subscription;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitStarted;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Announces milestones, and tells what has happened. Part of {@link SynchronikManager}. */
public interface EventFeed {
  /**
   * Announces a milestone of the application. Inside a transaction it is announced when that
   * commits.
   *
   * @param id 1 to 200 characters
   * @param payload anything that JSON-B can write, may be null; at most 64 KiB as JSON by default
   * @throws io.synchronik.run.InvalidPayloadException if the payload is too large or cannot be
   *     written
   * @throws IllegalArgumentException if the id is empty or too long
   */
  void emitMilestone(String id, @Nullable Object payload);

  /**
   * Announces a milestone now, in a transaction of its own, whatever becomes of the caller's.
   * Inside a transaction another thread does so, as the caller's has a connection already, and this
   * waits for it; when the pool has no other one left for a sixth of the lease, this returns, and
   * the milestone is announced when there is one.
   *
   * @param id 1 to 200 characters
   * @param payload as for {@link #emitMilestone}
   */
  void emitMilestoneNow(String id, @Nullable Object payload);

  /**
   * Subscribes to all events that this node announces. Listeners are called like observers, one
   * after the other, on threads of the engine: for events of one unit in order, of several units at
   * the same time. One that throws is logged and stops nobody; one that blocks holds up the events
   * of that unit.
   *
   * @param listener called with each event
   * @return ends the subscription
   */
  Subscription subscribeToEvents(Consumer<SynchronikEvent> listener);

  /**
   * Reads the journal.
   *
   * @param query which entries
   * @return in the order of their positions
   */
  List<JournalEntry> readJournal(JournalQuery query);

  /**
   * Returns the position of the latest entry of the journal.
   *
   * @return 0 when it is empty
   */
  long journalPosition();

  /**
   * Follows the journal: all entries behind a position, those of other nodes included, in order and
   * without gaps, each at most about one loop interval (1 s) after its commit. The listener is
   * called on a thread of the engine, outside any transaction, one entry at a time; one that blocks
   * is told nothing more meanwhile and delays nobody else, one that throws is unsubscribed.
   *
   * @param after the position behind which to begin
   * @param listener called with each entry
   * @return ends the subscription
   */
  Subscription followJournal(long after, Consumer<JournalEntry> listener);

  /** Subscribes to all milestones. */
  default Subscription onMilestone(Consumer<Milestone> listener) {
    return on(Milestone.class, listener);
  }

  /** Subscribes to one milestone. */
  default Subscription onMilestone(String id, Consumer<Milestone> listener) {
    return onMilestone(
        milestone -> {
          if (milestone.milestoneId().equals(id)) {
            listener.accept(milestone);
          }
        });
  }

  /** Subscribes to starts of runs. */
  default Subscription onStart(Consumer<UnitStarted> listener) {
    return on(UnitStarted.class, listener);
  }

  /** Subscribes to completed runs. */
  default Subscription onComplete(Consumer<UnitCompleted> listener) {
    return on(UnitCompleted.class, listener);
  }

  /** Subscribes to failed runs. */
  default Subscription onError(Consumer<UnitFailed> listener) {
    return on(UnitFailed.class, listener);
  }

  /**
   * Subscribes to events of one type.
   *
   * @param type which events
   * @param listener called with each
   * @param <E> their type
   * @return ends the subscription
   */
  default <E extends SynchronikEvent> Subscription on(Class<E> type, Consumer<? super E> listener) {
    return subscribeToEvents(
        event -> {
          if (type.isInstance(event)) {
            listener.accept(type.cast(event));
          }
        });
  }
}
