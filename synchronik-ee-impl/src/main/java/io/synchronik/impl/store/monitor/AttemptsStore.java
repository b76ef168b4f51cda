package io.synchronik.impl.store.monitor;

import io.synchronik.impl.store.jdbc.OutputText;
import io.synchronik.impl.store.jdbc.PagedFailure;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.AttemptOutcome;
import io.synchronik.run.OutputLine;
import io.synchronik.run.RunAttempt;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_attempt}, {@code sk_run} and {@code sk_output}: the attempts of a run. */
public final class AttemptsStore {
  private static final String EARLIER =
      """
      select claim, number, node, started_at, ended_at, outcome, failure_type, %s
      from sk_attempt where app = ? and run = ? and claim > ? order by claim limit ?
      """
          .formatted(PagedFailure.message("failure_message"));

  /** One that ends its run has no row of its own, and neither has one that goes on. */
  private static final String LATEST =
      """
      select fence, attempt, node, case when fence = 1 then started_at else attempt_at end,
        ended_at, state, case when state = 'failed' then failure_type end, %s
      from sk_run where app = ? and id = ? and fence > ? and attempt > 0
        and (fence = 1 or attempt_at is not null)
        and state in ('running', 'completed', 'failed', 'canceled')
      """
          .formatted(PagedFailure.message("failure_message"));

  /** Returns attempts behind a claim, in their order. */
  public List<RunAttempt> of(Session session, String run, long after, int limit) {
    // Asked first: one that ends meanwhile is found among the earlier ones
    Optional<RunAttempt> latest =
        session.first(LATEST, AttemptsStore::latest, session.app(), run, after);
    List<RunAttempt> attempts =
        new ArrayList<>(
            session.list(EARLIER, AttemptsStore::earlier, session.app(), run, after, limit));
    long last = attempts.isEmpty() ? after : attempts.get(attempts.size() - 1).claim();
    latest.filter(it -> attempts.size() < limit && it.claim() > last).ifPresent(attempts::add);
    return attempts;
  }

  /** Returns lines of an attempt behind one of them, in their order. */
  public List<OutputLine> output(Session session, String run, long claim, long after, int limit) {
    return session
        .list(
            """
            select text, line from sk_output
            where app = ? and run = ? and claim = ? and line + lines > ? order by line limit ?
            """,
            row -> OutputText.read(row.text(1), row.big(2)),
            session.app(),
            run,
            claim,
            after,
            limit)
        .stream()
        .flatMap(List::stream)
        .filter(line -> line.number() > after)
        .limit(limit)
        .toList();
  }

  private static RunAttempt earlier(Session.Row row) throws SQLException {
    return attempt(row, AttemptOutcome.valueOf(row.text(6).toUpperCase(Locale.ROOT)));
  }

  private static RunAttempt latest(Session.Row row) throws SQLException {
    String state = row.text(6);
    boolean goesOn = state.equalsIgnoreCase(RunState.RUNNING.name());
    return attempt(row, goesOn ? null : AttemptOutcome.valueOf(state.toUpperCase(Locale.ROOT)));
  }

  private static RunAttempt attempt(Session.Row row, @Nullable AttemptOutcome outcome)
      throws SQLException {
    return new RunAttempt(
        row.big(1),
        row.number(2),
        row.textOrNull(3),
        row.atOrNull(4),
        row.atOrNull(5),
        outcome,
        PagedFailure.of(row.textOrNull(7), row.textOrNull(8)));
  }
}
