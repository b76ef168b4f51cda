package io.synchronik.impl.store.run;

import io.synchronik.impl.lifecycle.RunChange;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.Cause;
import io.synchronik.run.Progress;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: who owns what, fenced ends. */
public final class RunStore {
  /**
   * Why a run exists.
   *
   * @param cause why
   * @param scheduledAt when the schedule was due, null for other causes
   * @param part what of a run of a process it is, null when it is part of none
   * @param again whether {@code scheduledAt} may have had a run before: the clock was put back
   */
  public record Origin(
      Cause cause, @Nullable Instant scheduledAt, @Nullable Part part, boolean again) {
    /** Of a run that is part of another, or of none. */
    public Origin(Cause cause, @Nullable Instant scheduledAt, @Nullable Part part) {
      this(cause, scheduledAt, part, false);
    }

    /** Of a run whose schedule was due. */
    public static Origin due(Instant scheduledAt, boolean again) {
      return new Origin(Cause.SCHEDULE, scheduledAt, null, again);
    }

    /** Of a run that is no part of another. */
    public static Origin of(Cause cause, @Nullable Instant scheduledAt) {
      return new Origin(cause, scheduledAt, null);
    }
  }

  /**
   * One enabling of a task in a run of a process.
   *
   * @param run the run of the process
   * @param unit the process
   * @param task the task
   * @param generation which enabling
   */
  public record Part(String run, String unit, String task, int generation) {}

  /**
   * What makes a run a run of a process.
   *
   * @param definition version of the definition; null for a worker's run, and until it is admitted
   * @param retryOf the run of which it takes over what completed, null for none
   */
  public record OfProcess(@Nullable String definition, @Nullable String retryOf) {
    /** Of a run that is none of a process, or not known as one yet. */
    public static final OfProcess NOT = new OfProcess(null, null);
  }

  /**
   * A node that claims.
   *
   * @param incarnation its incarnation
   * @param node its name
   */
  public record Claimer(String incarnation, String node) {}

  /**
   * A run that this node owns, with all that an attempt needs.
   *
   * @param id its id
   * @param unit its unit
   * @param attempt number of the attempt to make, from 1
   * @param fence of the claim
   * @param losses how often its node was lost
   * @param context what the attempt is about
   */
  public record Owned(
      String id, String unit, int attempt, long fence, int losses, Context context) {}

  /**
   * What an attempt is about.
   *
   * @param origin why the run exists
   * @param startedAt start of the first attempt
   * @param payload as JSON
   * @param configuration of the unit, what was changed at runtime, as JSON
   * @param lastCompletedAt when the unit completed a run last
   */
  public record Context(
      Origin origin,
      Instant startedAt,
      @Nullable String payload,
      String configuration,
      @Nullable Instant lastCompletedAt) {
    /** Returns why the run exists. */
    public Cause cause() {
      return origin.cause;
    }
  }

  /**
   * A run that waits to be admitted.
   *
   * @param id its id
   * @param unit its unit
   * @param origin why it exists
   * @param asked how
   * @param payload as JSON
   * @param definition of a process, when it is known already
   */
  public record Submitted(
      String id,
      String unit,
      Origin origin,
      Asked asked,
      @Nullable String payload,
      @Nullable String definition) {}

  /**
   * How a run was asked for.
   *
   * @param forced whether the unit's flags are passed over
   * @param patient whether it makes up for a missed time
   */
  public record Asked(boolean forced, boolean patient) {}

  /**
   * The end of an owned run.
   *
   * @param id its id
   * @param incarnation who must still own it
   * @param fence which claim it must still be
   * @param change what becomes of it
   * @param losses how often its node was lost
   * @param progress told since it was last written, null for none
   */
  public record End(
      String id,
      String incarnation,
      long fence,
      RunChange change,
      int losses,
      @Nullable Progress progress) {}

  /**
   * One claim of a run.
   *
   * @param run its id
   * @param fence which claim
   */
  public record Claimed(String run, long fence) {}

  /** Marks a submitted run that makes up for a missed time and waits whatever the policy says. */
  public static final String PATIENT = "catch-up";

  /** Columns of the table as {@code r} that tell why a run exists. */
  static final String ORIGIN =
      " r.cause, r.scheduled_at, r.parent, r.parent_unit, r.task, r.generation ";

  /**
   * A run that is not final.
   *
   * @param run what an attempt would be about
   * @param state its state
   * @param items whether its items decide when it ends
   * @param cancelBy who wants it cancelled, null for nobody
   */
  public record Open(Owned run, RunState state, boolean items, @Nullable String cancelBy) {}

  private static final String OPEN =
      """
      select r.id, r.unit, r.attempt, r.fence, r.losses, coalesce(r.started_at, r.submitted_at),
        r.payload, '{}', cast(null as timestamp with time zone),
      """
          + ORIGIN
          + ", r.state, r.items, r.cancel_by from sk_run r"
          + " where r.app = ? and r.id = ? and r.ended_at is null";

  /** Keeps others from taking over a run that this claim owns; tells whether it does. */
  public boolean holdIfOwned(Session session, Claimed claim, String incarnation) {
    return session
        .first(
            "select 1 from sk_run where app = ? and id = ? and owner = ? and fence = ?"
                + session.dialect().share(),
            row -> row.number(1),
            session.app(),
            claim.run,
            incarnation,
            claim.fence)
        .isPresent();
  }

  /** Takes a locked run whose items decide when it ends, to end it in this transaction. */
  public void takeFromItems(Session session, String run, String incarnation) {
    session.update(
        "update sk_run set owner = ?, items = false where app = ? and id = ? and items",
        incarnation,
        session.app(),
        run);
  }

  /** Locks and returns a run that is not final. */
  public Optional<Open> lockOpen(Session session, String run) {
    return session.first(OPEN + " for update", RunStore::readOpen, session.app(), run);
  }

  /** Locks and returns a run that is not final, unless somebody else holds it. */
  public Optional<Open> tryLockOpen(Session session, String run) {
    return session.first(OPEN + " for update skip locked", RunStore::readOpen, session.app(), run);
  }

  /** Returns a run that is not final. */
  public Optional<Open> open(Session session, String run) {
    return session.first(OPEN, RunStore::readOpen, session.app(), run);
  }

  private static Open readOpen(Session.Row row) throws SQLException {
    return new Open(readOwned(row), state(row.text(16)), row.flag(17), row.textOrNull(18));
  }

  /**
   * Returns the run that a run does again in part, by itself or as a part of a process that does
   * so; empty when it does none again.
   */
  public Optional<String> retryOf(Session session, String run) {
    return session
        .first(
            """
            select coalesce(r.retry_of, (
              select max(e.id) from sk_run e join sk_run p on p.app = e.app and p.retry_of = e.parent
              where p.app = r.app and p.id = r.parent and e.unit = r.unit)) as earlier
            from sk_run r where r.app = ? and r.id = ?
            """,
            row -> Optional.ofNullable(row.textOrNull(1)),
            session.app(),
            run)
        .flatMap(earlier -> earlier);
  }

  /** Returns what an incarnation owns. */
  public List<Claimed> owned(Session session, String incarnation) {
    return session.list(
        "select id, fence from sk_run where app = ? and owner = ? and state = 'running'",
        row -> new Claimed(row.text(1), row.big(2)),
        session.app(),
        incarnation);
  }

  /** Tells whether nobody has claimed a run since. */
  public boolean isLatest(Session session, Claimed claim) {
    return session
        .first(
            "select 1 from sk_run where app = ? and id = ? and fence = ?",
            row -> row.number(1),
            session.app(),
            claim.run,
            claim.fence)
        .isPresent();
  }

  /** Returns owners of running runs of which there is no node. */
  public List<String> ownersWithoutNode(Session session) {
    return session.list(
        """
        select distinct owner from sk_run r where app = ? and state = 'running' and owner is not null and not exists (
          select 1 from sk_node n where n.app = r.app and n.incarnation = r.owner)
        """,
        row -> row.text(1),
        session.app());
  }

  /** Locks and returns what an incarnation owns and nobody else holds. */
  public List<Owned> lockOwnedAndFree(Session session, String incarnation) {
    return session.list(
        """
        select r.id, r.unit, r.attempt, r.fence, r.losses, coalesce(r.started_at, r.submitted_at),
          r.payload, '{}', cast(null as timestamp with time zone),
        """
            + ORIGIN
            + """
             from sk_run r where r.app = ? and r.owner = ? and r.state = 'running'
            for update skip locked
            """,
        RunStore::readOwned,
        session.app(),
        incarnation);
  }

  static Owned readOwned(Session.Row row) throws SQLException {
    return new Owned(
        row.text(1),
        row.text(2),
        row.number(3),
        row.big(4),
        row.number(5),
        new Context(
            readOrigin(row, 10), row.at(6), row.textOrNull(7), row.text(8), row.atOrNull(9)));
  }

  /** Reads the columns of {@link #ORIGIN}. */
  static Origin readOrigin(Session.Row row, int from) throws SQLException {
    String parent = row.textOrNull(from + 2);
    Part part =
        parent == null
            ? null
            : new Part(parent, row.text(from + 3), row.text(from + 4), row.number(from + 5));
    return new Origin(cause(row.text(from)), row.atOrNull(from + 1), part);
  }

  /** Returns a constant as it is stored. */
  public static String stored(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  public static RunState state(String text) {
    return RunState.valueOf(text.toUpperCase(Locale.ROOT));
  }

  public static Cause cause(String text) {
    return Cause.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
