package io.synchronik.impl.store;

import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: cancelling runs, and how far they have come. */
public final class ControlStore {
  /** Cancels a run that no node executes; returns the state it had, empty when it has moved on. */
  public Optional<RunState> cancelIfIdle(Session session, String id, String by, Instant now) {
    Optional<RunState> before =
        session.first(
            "select state from sk_run where app = ? and id = ? for update",
            row -> RunStore.state(row.text(1)),
            session.app(),
            id);
    if (before.isEmpty() || before.get() == RunState.RUNNING || before.get().isFinal()) {
      return Optional.empty();
    }
    session.update(
        """
        update sk_run set state = 'canceled', ended_at = ?, due_at = null, reason = ?
        where app = ? and id = ?
        """,
        now,
        by,
        session.app(),
        id);
    return before;
  }

  /** Asks the owner of a running run, or whoever decides about its items, to cancel it. */
  public boolean askToCancelIfRunning(Session session, String id, String by) {
    return session.update(
            "update sk_run set cancel_by = ? where app = ? and id = ? and state = 'running' and (owner is not null or items)",
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

  /** Writes how far running runs have come. */
  public void progress(Session session, List<@Nullable Object[]> idDoneTotal) {
    session.batch(
        "update sk_run set progress_done = ?, progress_total = ? where app = ? and id = ?",
        idDoneTotal.stream()
            .map(row -> new @Nullable Object[] {row[1], row[2], session.app(), row[0]})
            .toList());
  }
}
