package io.synchronik.impl.store.event;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.UlidRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What the journal has of one run. */
public final class RunEventStore {
  /** How far an event's transaction may have begun from the times that its run has. */
  private static final Duration AROUND = Duration.ofMinutes(1);

  private record Span(String unit, Instant from, Instant to) {}

  /**
   * Reads the events of a run in their order, out of the batches that were written while it lasted:
   * a range of the key instead of a table.
   *
   * @param now the end of a run that has none
   * @param after only events behind this position
   */
  public List<EventStore.Placed> of(
      Session session, String run, Instant now, long after, int limit) {
    return session
        .first(
            "select unit, submitted_at, ended_at from sk_run where app = ? and id = ?",
            row ->
                new Span(row.text(1), row.at(2), Objects.requireNonNullElse(row.atOrNull(3), now)),
            session.app(),
            run)
        .map(
            span ->
                session.list(
                    EventStore.COLUMNS
                        + " from sk_event e join sk_event_batch b on b.app = e.app and b.id ="
                        + " e.batch where e.app = ? and e.unit = ? and e.run = ? and e.batch >= ?"
                        + " and e.batch <= ? and b.position > ? and b.position - b.events + 1 + e.n"
                        + " > ? order by b.position, e.n limit ?",
                    EventStore::read,
                    session.app(),
                    span.unit,
                    run,
                    UlidRange.from(span.from.minus(AROUND)),
                    UlidRange.from(span.to.plus(AROUND)),
                    after,
                    after,
                    limit))
        .orElse(List.of());
  }
}
