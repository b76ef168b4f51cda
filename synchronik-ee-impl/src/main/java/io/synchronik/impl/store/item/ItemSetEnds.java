package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.run.Failure;
import io.synchronik.run.RunState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_item_set}: how the run of a set is going to end. It does so when the last of its items
 * is final; until then the verdict stands with the set, so that any node can go on.
 */
public final class ItemSetEnds {
  /**
   * How a run is going to end.
   *
   * @param state completed, failed or canceled
   * @param failure why it failed
   * @param reason who cancelled it
   * @param choices successors that its result lets run
   */
  public record Verdict(
      RunState state,
      @Nullable Failure failure,
      @Nullable String reason,
      @Nullable String choices) {
    /** Of a run that somebody has cancelled. */
    public static Verdict canceled(String by) {
      return new Verdict(RunState.CANCELED, null, by, null);
    }
  }

  /** Withdraws what is left of a set, and lets its run end with a verdict afterwards. */
  public void endIfOpen(Session session, String run, Verdict verdict) {
    Failure failure = verdict.failure;
    session.update(
        """
        update sk_item_set set state = 'ending', end_state = ?, end_reason = ?, end_choices = ?,
          end_failure_type = ?, end_failure_message = ?, end_failure_trace = ?
        where app = ? and run = ? and state in ('held', 'active')
        """,
        RunStore.stored(verdict.state),
        verdict.reason,
        verdict.choices,
        failure == null ? null : failure.type(),
        failure == null ? null : failure.message(),
        failure == null ? null : failure.stackTrace(),
        session.app(),
        run);
  }

  /** Returns the verdict that stands with a set; empty when its run has ended or goes on. */
  public Optional<Verdict> of(Session session, long set) {
    return session.first(
        """
        select end_state, end_reason, end_choices, end_failure_type, end_failure_message,
          end_failure_trace
        from sk_item_set where app = ? and id = ? and end_state is not null
        """,
        row -> {
          String type = row.textOrNull(4);
          Failure failure =
              type == null
                  ? null
                  : new Failure(type, text(row.textOrNull(5)), text(row.textOrNull(6)), null);
          return new Verdict(
              RunStore.state(row.text(1)), failure, row.textOrNull(2), row.textOrNull(3));
        },
        session.app(),
        set);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Returns those of some runs that have sets which are not closed, with these. */
  public Map<String, Long> open(Session session, Collection<String> runs) {
    return session
        .list(
            """
            select run, id from sk_item_set
            where app = ? and run = any(?) and (state <> 'closed' or end_state is not null)
            """,
            row -> Map.entry(row.text(1), row.big(2)),
            session.app(),
            runs)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns sets of which something is to be withdrawn, or whose run is to end. */
  public List<Long> ending(Session session) {
    return session.list(
        """
        select id from sk_item_set where app = ? and state = 'ending' and state <> 'closed'
        union select id from sk_item_set where app = ? and end_state is not null
        order by 1
        """,
        row -> row.big(1),
        session.app(),
        session.app());
  }

  /** All items of a locked set are final, and its run ends in this transaction. */
  public void close(Session session, long set) {
    session.update(
        "update sk_item_set set state = 'closed', end_state = null where app = ? and id = ?",
        session.app(),
        set);
  }
}
