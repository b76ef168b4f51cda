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
    long last = EventStore.last(session);
    return session
        .first(
            "select unit, submitted_at, ended_at from sk_run where app = ? and id = ?",
            row ->
                new Span(row.text(1), row.at(2), Objects.requireNonNullElse(row.atOrNull(3), now)),
            session.app(),
            run)
        .map(
            span ->
                UnitEvents.read(
                    session,
                    new UnitEvents.Asked(
                        span.unit,
                        UlidRange.from(span.from.minus(AROUND)),
                        UlidRange.from(span.to.plus(AROUND)),
                        " and e.run = ? and b.position > ?"
                            + " and b.position - b.events + 1 + e.n > ? and b.position <= ?",
                        List.of(run, after, after, last),
                        true,
                        limit)))
        .orElse(List.of());
  }
}
