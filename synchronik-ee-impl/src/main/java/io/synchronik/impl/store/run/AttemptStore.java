package io.synchronik.impl.store.run;

import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.AttemptOutcome;
import io.synchronik.run.Failure;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sk_attempt}: attempts that did not end their runs, written with the end of each. */
public final class AttemptStore {
  /** Of a run that is tried again and again, so many of the latest are kept, and some more. */
  private static final int MOST_OF_A_RUN = 1000;

  private static final int CUT_EVERY = 100;

  /** What is told of attempts. */
  private static final List<String> TABLES = List.of("sk_attempt", "sk_output");

  private static final Bulk INSERT =
      Bulk.of(
          """
          insert into sk_attempt (app, run, claim, number, node, started_at, ended_at, outcome,
            failure_type, failure_message)
          values (:app, :run, :claim, :number,
            (select r.node from sk_run r where r.app = :app and r.id = :run),
            (select coalesce(r.attempt_at, r.started_at) from sk_run r
              where r.app = :app and r.id = :run),
            :ended_at, :outcome, :failure_type, :failure_message)
          """,
          "app text",
          "run text",
          "claim bigint",
          "number integer",
          "ended_at timestamptz",
          "outcome text",
          "failure_type text",
          "failure_message text");

  /**
   * An attempt that has ended.
   *
   * @param claim of the run
   * @param number of the attempt
   * @param outcome how it ended
   * @param failure why it failed, null when it did not
   */
  public record Ended(
      RunStore.Claimed claim, int number, AttemptOutcome outcome, @Nullable Failure failure) {}

  /** Keeps attempts whose runs this transaction has locked and moved on. */
  public void insert(Session session, List<Ended> attempts, Instant now) {
    session.bulk(INSERT, attempts.stream().map(one -> row(session, one, now)).toList());
    for (Ended attempt : attempts) {
      RunStore.Claimed claim = attempt.claim;
      if (claim.fence() > MOST_OF_A_RUN && claim.fence() % CUT_EVERY == 0) {
        for (String table : TABLES) {
          session.update(
              "delete from " + table + " where app = ? and run = ? and claim <= ?",
              session.app(),
              claim.run(),
              claim.fence() - MOST_OF_A_RUN);
        }
      }
    }
  }

  private static @Nullable Object[] row(Session session, Ended attempt, Instant now) {
    Failure failure = attempt.failure;
    return new @Nullable Object[] {
      session.app(),
      attempt.claim.run(),
      attempt.claim.fence(),
      attempt.number,
      now,
      RunStore.stored(attempt.outcome),
      failure == null ? null : failure.type(),
      failure == null ? null : failure.message()
    };
  }

  /**
   * Removes what is told of attempts of some runs, at most so much of each; returns whether all.
   */
  static boolean remove(Session session, Collection<String> runs, int most) {
    boolean all = true;
    if (!runs.isEmpty()) {
      for (String table : TABLES) {
        all &=
            session.update(session.dialect().deleteOfRuns(table), session.app(), runs, most) < most;
      }
    }
    return all;
  }
}
