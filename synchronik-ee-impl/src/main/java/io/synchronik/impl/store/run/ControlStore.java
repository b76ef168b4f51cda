package io.synchronik.impl.store.run;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: cancelling runs, and how far they have come. */
public final class ControlStore {
  /** Locks a run that no node executes; returns its state, empty when it has moved on. */
  public Optional<RunState> lockIfIdle(Session session, String id) {
    return session
        .first(
            "select state from sk_run where app = ? and id = ? for update",
            row -> RunStore.state(row.text(1)),
            session.app(),
            id)
        .filter(state -> state != RunState.RUNNING && !state.isFinal());
  }

  /** Cancels a run that was locked because no node executes it. */
  public void cancelIdle(Session session, String id, String by, Instant now) {
    session.update(
        """
        update sk_run set state = 'canceled', ended_at = ?, due_at = null, reason = ?
        where app = ? and id = ?
        """,
        now,
        by,
        session.app(),
        id);
  }

  /** Keeps a run that was locked from being executed; it is cancelled when its items are final. */
  public void cancelIdleLater(Session session, String id, String by) {
    session.update(
        "update sk_run set cancel_by = ? where app = ? and id = ?", by, session.app(), id);
  }

  /** Asks the owner of a running run, or whoever decides about its items, to cancel it. */
  public boolean askToCancelIfRunning(Session session, String id, String by) {
    return session.update(
            "update sk_run set cancel_by = ? where app = ? and id = ? and state = 'running' and"
                + " (owner is not null or items)",
            by,
            session.app(),
            id)
        == 1;
  }

  /** Returns running runs of an incarnation that somebody wants cancelled, with who. */
  public Map<String, String> cancelsAsked(Session session, String incarnation) {
    return session
        .list(
            """
            select id, cancel_by from sk_run
            where app = ? and owner = ? and state = 'running' and cancel_by is not null
            """,
            row -> Map.entry(row.text(1), row.text(2)),
            session.app(),
            incarnation)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Writes how far running runs have come that nobody else holds; returns the ids of these. */
  public Set<Object> progress(Session session, List<@Nullable Object[]> all) {
    Set<Object> free =
        new HashSet<>(
            session.list(
                "select id from sk_run where app = ? and id = any(?) for update skip locked",
                row -> row.text(1),
                session.app(),
                all.stream().map(row -> row[0]).toList()));
    List<@Nullable Object[]> idDoneTotal = new ArrayList<>();
    for (@Nullable Object[] row : all) {
      if (free.contains(row[0])) {
        idDoneTotal.add(row);
      }
    }
    session.batch(
        "update sk_run set progress_done = ?, progress_total = ? where app = ? and id = ?",
        idDoneTotal.stream()
            .map(row -> new @Nullable Object[] {row[1], row[2], session.app(), row[0]})
            .toList());
    return free;
  }
}
