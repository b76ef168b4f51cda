package io.synchronik.impl.store.event;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.UlidRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the journal has of one run. */
public final class RunEventStore {
  /** How far an event's transaction may have begun from the times that its run has. */
  private static final Duration AROUND = Duration.ofMinutes(1);

  private record Span(String unit, Instant from, Instant to) {}

  /** So long all ids of batches begin like that of a run that was asked for then: 17 minutes. */
  private static final int ALIKE = 6;

  /** What the index has: the same text, so that it is found. */
  private static final String LASTING = "left(e.batch, 6) <> left(e.run, 6)";

  private static final String BEHIND =
      " and e.run = ? and b.position > ?"
          + " and b.position - b.events + 1 + e.n > ? and b.position <= ?";

  /**
   * Reads the events of a run in their order, out of the batches that were written while it lasted:
   * a range of the key instead of a table. Those of a run that lasts long are in an index.
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
        .map(span -> of(session, run, span, List.of(run, after, after, last), limit))
        .orElse(List.of());
  }

  private static List<EventStore.Placed> of(
      Session session, String run, Span span, List<?> values, int limit) {
    String from = UlidRange.from(span.from.minus(AROUND));
    String to = UlidRange.from(span.to.plus(AROUND));
    if (session.dialect() != Dialect.POSTGRESQL) {
      return near(session, span.unit, from, to, values, limit);
    }
    String alike = run.substring(0, Math.min(ALIKE, run.length()));
    int rest = Math.max(0, run.length() - ALIKE);
    List<EventStore.Placed> found =
        near(
            session,
            span.unit,
            Collections.max(List.of(from, alike + "0".repeat(rest))),
            Collections.min(List.of(to, alike + "Z".repeat(rest))),
            values,
            limit);
    List<@Nullable Object> all = new ArrayList<>(List.of(session.app(), span.unit));
    all.addAll(values);
    all.add(limit);
    found.addAll(
        session.list(
            EventStore.COLUMNS
                + " from sk_event e join sk_event_batch b on b.app = e.app and b.id = e.batch"
                + " where e.app = ? and e.unit = ? and "
                + LASTING
                + BEHIND
                + " order by b.position, e.n limit ?",
            EventStore::read,
            all.toArray()));
    found.sort(Comparator.comparing(EventStore.Placed::position));
    return found.subList(0, Math.min(limit, found.size()));
  }

  private static List<EventStore.Placed> near(
      Session session, String unit, String from, String to, List<?> values, int limit) {
    return UnitEvents.read(
        session, new UnitEvents.Asked(unit, from, to, BEHIND, values, true, limit));
  }
}
