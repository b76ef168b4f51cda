package io.synchronik.event;

import io.synchronik.run.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * Announced after the commit that made it true, on one node, on a thread of the engine, outside any
 * transaction, in order per run: at least once for observers, exactly once in the journal.
 * Immutable.
 */
public sealed interface SynchronikEvent permits UnitEvent, Milestone {
  /** Returns where it comes from. */
  EventOrigin origin();

  /** Returns its type. */
  EventType type();

  /** Returns its id, the same when it is announced again. */
  default String eventId() {
    return origin().eventId();
  }

  /** Returns the database's time of the statement, UTC. */
  default Instant at() {
    return origin().at();
  }

  /** Returns the name of the node that committed it. */
  default String node() {
    return origin().node();
  }

  /** Returns the run that it is about. */
  default Optional<RunId> run() {
    return Optional.ofNullable(origin().run());
  }
}
