package io.synchronik.impl.store.run;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.FailureKind;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code sk_run}: runs to which the same is to be done. */
public final class RunPicks {
  private static final Set<RunState> OPEN =
      Set.of(RunState.SUBMITTED, RunState.READY, RunState.WAITING, RunState.RUNNING);

  /**
   * Which runs are meant.
   *
   * @param ids only these, empty for all
   * @param unit only those of this unit, null for all
   * @param states only those in one of these, empty for what is usual
   * @param group only those with a failure of this group, null for all
   */
  public record Which(
      Set<String> ids, @Nullable String unit, Set<RunState> states, @Nullable String group) {}

  /**
   * What is meant to be done to which runs.
   *
   * @param again whether they are to be run again; else they are to be cancelled
   * @param which runs
   * @param from only those that ended, or began to exist, then or later; null for all
   * @param to only those that did so before, null for all
   * @param by only those that had done so by then
   */
  public record Meant(
      boolean again, Which which, @Nullable Instant from, @Nullable Instant to, Instant by) {
    /** Returns the states that were asked for, empty for what is usual. */
    public Set<RunState> states() {
      return which.states;
    }

    /** In an order of their own, so that statements are the same. */
    private Set<RunState> wanted() {
      if (!which.states.isEmpty()) {
        return new TreeSet<>(which.states);
      }
      return again ? Set.of(RunState.FAILED) : new TreeSet<>(OPEN);
    }

    /** Each state has its own indexes, which are found by constants alone. */
    private String condition(RunState state) {
      StringBuilder sql =
          new StringBuilder("app = ? and state = '").append(RunStore.stored(state)).append('\'');
      if (again) {
        sql.append(" and parent is null");
        sql.append(
            " and not exists (select 1 from sk_run a where a.app = r.app and a.retry_of = r.id)");
      } else {
        sql.append(" and cancel_by is null");
      }
      String time = again ? " and ended_at" : " and submitted_at";
      sql.append(time).append(" <= ?");
      sql.append(from == null ? "" : time + " >= ?").append(to == null ? "" : time + " < ?");
      if (which.unit != null) {
        sql.append(" and unit = ?");
      } else if (!again && which.ids.isEmpty()) {
        sql.append(" and parent is null");
      }
      if (which.group != null) {
        sql.append(
            which.group.equals(FailureKind.OTHER)
                ? " and failure_group is null"
                : " and failure_group = ?");
      }
      sql.append(which.ids.isEmpty() ? "" : " and id = any(?)");
      return sql.toString();
    }

    private List<Object> values(Session session) {
      List<Object> values = new ArrayList<>(List.of(session.app(), by));
      if (from != null) {
        values.add(from);
      }
      if (to != null) {
        values.add(to);
      }
      if (which.unit != null) {
        values.add(which.unit);
      }
      if (which.group != null && !which.group.equals(FailureKind.OTHER)) {
        values.add(which.group);
      }
      if (!which.ids.isEmpty()) {
        values.add(which.ids);
      }
      return values;
    }
  }

  /** Returns how many there are. */
  public long count(Session session, Meant meant) {
    long count = 0;
    for (RunState state : meant.wanted()) {
      count +=
          session
              .first(
                  "select count(*) from sk_run r where " + meant.condition(state),
                  row -> row.big(1),
                  meant.values(session).toArray())
              .orElse(0L);
    }
    return count;
  }

  /** Returns the ids of the first behind an id, in their order. */
  public List<String> behind(Session session, Meant meant, String after, int limit) {
    List<Object> values = new ArrayList<>();
    String all =
        meant.wanted().stream()
            .map(state -> behind(session, meant, state, new Bounds(after, limit), values))
            .collect(Collectors.joining(" union all "));
    values.add(limit);
    return session.list(
        "select id from (" + all + ") picked order by id limit ?",
        row -> row.text(1),
        values.toArray());
  }

  private record Bounds(String after, int limit) {}

  private static String behind(
      Session session, Meant meant, RunState state, Bounds bounds, List<Object> values) {
    values.addAll(meant.values(session));
    values.add(bounds.after);
    String some = "(select id from sk_run r where " + meant.condition(state) + " and id > ?";
    // No index has those that run by their ids, which are few: others would be read to find them
    if (state == RunState.RUNNING && session.dialect() == Dialect.POSTGRESQL) {
      return some + ")";
    }
    values.add(bounds.limit);
    return some + " order by id limit ?)";
  }

  /**
   * A run that is held.
   *
   * @param id its id
   * @param unit its unit
   * @param state its state
   * @param parent the run that it is part of, null for none
   * @param cancelBy who wants it cancelled, null for nobody
   * @param definition of a process, null for none
   * @param payload as JSON
   */
  public record Held(
      String id,
      String unit,
      RunState state,
      @Nullable String parent,
      @Nullable String cancelBy,
      @Nullable String definition,
      @Nullable String payload) {}

  /** Locks those of some runs that nobody else holds, in no order. */
  public List<Held> lockFree(Session session, Collection<String> ids) {
    return session.list(
        """
        select id, unit, state, parent, cancel_by, definition, payload
        from sk_run where app = ? and id = any(?) for update skip locked
        """,
        row ->
            new Held(
                row.text(1),
                row.text(2),
                RunStore.state(row.text(3)),
                row.textOrNull(4),
                row.textOrNull(5),
                row.textOrNull(6),
                row.textOrNull(7)),
        session.app(),
        ids);
  }

  /** Returns those of some runs that were run again. */
  public Set<String> runAgain(Session session, Collection<String> ids) {
    return Set.copyOf(
        session.list(
            "select distinct retry_of from sk_run where app = ? and retry_of = any(?)",
            row -> row.text(1),
            session.app(),
            ids));
  }
}
