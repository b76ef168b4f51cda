package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.run.RunStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_item_set}: the items of a run as a whole. Its row is held shared by those who add or
 * claim items, and alone by whoever ends the run.
 */
public final class ItemSets {
  /**
   * A set.
   *
   * @param id its number
   * @param run whose items they are
   * @param unit the worker
   * @param state where it stands
   * @param entry how items come in
   * @param deadlineAt by when the run must have ended, null for never
   * @param repeated how many items the enumeration has passed over, as others have their keys
   */
  public record Found(
      long id,
      String run,
      String unit,
      State state,
      Entry entry,
      @Nullable Instant deadlineAt,
      long repeated) {
    /** Returns whether its run has ended, or does so when what is left is withdrawn. */
    public boolean ended() {
      return state == State.ENDING || state == State.CLOSED;
    }

    /** Returns whether the run goes on although all items are final. */
    public boolean open() {
      return !ended() && (!entry.enumerated || Boolean.TRUE.equals(entry.keptOpen));
    }
  }

  /**
   * How items come in.
   *
   * @param enumeration fence of the attempt that enumerates
   * @param enumerated whether it has ended
   * @param keptOpen whether items may come from outside afterwards; null when nobody has said yet
   * @param manual whether they are worked on from outside
   */
  public record Entry(
      long enumeration, boolean enumerated, @Nullable Boolean keptOpen, boolean manual) {}

  /** Where a set stands. */
  public enum State {
    /** Its items are not claimed yet. */
    HELD,
    /** Its items are claimed. */
    ACTIVE,
    /** What is left is being withdrawn; then the run ends. */
    ENDING,
    /** All is final. */
    CLOSED
  }

  private static final String COLUMNS =
      " s.id, s.run, s.unit, s.state, s.enumeration, s.enumerated, s.kept_open, s.manual,"
          + " s.deadline_at, s.repeated ";

  private static final String SELECT =
      "select" + COLUMNS + "from sk_item_set s where s.app = ? and ";

  /** Returns the set of a run. */
  public Optional<Found> ofRun(Session session, String run) {
    return session.first(SELECT + "s.run = ?", ItemSets::read, session.app(), run);
  }

  /** Returns a set. */
  public Optional<Found> find(Session session, long id) {
    return session.first(SELECT + "s.id = ?", ItemSets::read, session.app(), id);
  }

  /** Holds a set together with others who add or claim. */
  public Optional<Found> share(Session session, long id) {
    return session.first(
        SELECT + "s.id = ?" + session.dialect().share(), ItemSets::read, session.app(), id);
  }

  /** The same, unless somebody else holds it alone. */
  public Optional<Found> tryShare(Session session, long id) {
    return session.first(
        SELECT + "s.id = ?" + session.dialect().share() + " skip locked",
        ItemSets::read,
        session.app(),
        id);
  }

  /** Holds a set alone. */
  public Optional<Found> lock(Session session, long id) {
    return session.first(SELECT + "s.id = ? for update", ItemSets::read, session.app(), id);
  }

  /** Holds a set alone, unless somebody else holds it. */
  public Optional<Found> tryLock(Session session, long id) {
    return session.first(
        SELECT + "s.id = ? for update skip locked", ItemSets::read, session.app(), id);
  }

  private static final String ACTIVE =
      "select id from sk_item_set where app = ? and id = any(?) and state = 'active'";

  /**
   * Holds those of some sets, together with others, whose items are claimed and that nobody else
   * holds alone.
   */
  public List<Long> shareActiveAndFree(Session session, Collection<Long> ids) {
    return session.list(
        ACTIVE + session.dialect().share() + " skip locked", row -> row.big(1), session.app(), ids);
  }

  /** Returns those of some sets whose items are claimed. */
  public List<Long> active(Session session, Collection<Long> ids) {
    return session.list(ACTIVE, row -> row.big(1), session.app(), ids);
  }

  /** Holds the sets of some runs; returns the runs whose sets somebody else holds. */
  public Set<String> lockFree(Session session, Collection<String> runs) {
    String sets = "select run from sk_item_set where app = ? and run = any(?)";
    Set<String> held = new HashSet<>(session.list(sets, row -> row.text(1), session.app(), runs));
    if (!held.isEmpty()) {
      held.removeAll(
          session.list(sets + " for update skip locked", row -> row.text(1), session.app(), held));
    }
    return held;
  }

  /** Creates the set of a run unless there is one. */
  public void createIfMissing(Session session, String run, String unit, boolean manual) {
    if (ofRun(session, run).isPresent()) {
      return;
    }
    try {
      session.update(
          """
          insert into sk_item_set (app, id, run, unit, state, enumeration, enumerated, manual)
          values (?, %s, ?, ?, 'held', 0, false, ?)
          """
                  .formatted(session.dialect().next("sk_item_set_seq"))
              + session.dialect().orNothing(),
          session.app(),
          run,
          unit,
          manual);
    } catch (StoreException e) {
      // Where the database has no such clause: somebody else was faster, and it is there now
      if (!StoreException.isDuplicate(e)) {
        throw e;
      }
    }
  }

  /** An attempt of the enumeration begins. */
  public void begin(Session session, long id, long fence, @Nullable Instant deadline) {
    session.update(
        """
        update sk_item_set set enumeration = ?, deadline_at = coalesce(deadline_at, ?),
          kept_open = case when kept_open then null else kept_open end
        where app = ? and id = ?
        """,
        fence,
        deadline,
        session.app(),
        id);
  }

  /** Keeps items from being claimed. */
  public void hold(Session session, long id) {
    session.update(
        "update sk_item_set set state = 'held' where app = ? and id = ? and state = 'active'",
        session.app(),
        id);
  }

  /** Lets items be claimed while the enumeration goes on. */
  public void activateIfHeld(Session session, long id) {
    session.update(
        "update sk_item_set set state = 'active' where app = ? and id = ? and state = 'held'",
        session.app(),
        id);
  }

  /** Leaves a set open for items from outside, unless somebody there has shut it. */
  public void keepOpen(Session session, long id) {
    session.update(
        """
        update sk_item_set set kept_open = coalesce(kept_open, true) where app = ? and id = ?
        """,
        session.app(),
        id);
  }

  /** The enumeration has passed over so many items whose keys others have. */
  public void repeated(Session session, long id, long items) {
    session.update(
        "update sk_item_set set repeated = ? where app = ? and id = ?", items, session.app(), id);
  }

  /** The enumeration has ended. */
  public void enumerated(Session session, String run) {
    session.update(
        """
        update sk_item_set set enumerated = true, state = 'active',
          kept_open = coalesce(kept_open, false)
        where app = ? and run = ? and state in ('held', 'active')
        """,
        session.app(),
        run);
  }

  /** No more items come from outside. */
  public void shut(Session session, long id) {
    session.update(
        "update sk_item_set set kept_open = false where app = ? and id = ?", session.app(), id);
  }

  /** All items of a run that has ended are final. */
  public void closeIfEnding(Session session, long id) {
    session.update(
        """
        update sk_item_set set state = 'closed'
        where app = ? and id = ? and state = 'ending' and end_state is null
        """,
        session.app(),
        id);
  }

  /** Returns sets in a state. */
  public List<Found> in(Session session, State state) {
    return session.list(
        SELECT + "s.state = ? and s.state <> 'closed' order by s.id",
        ItemSets::read,
        session.app(),
        RunStore.stored(state));
  }

  /**
   * Returns sets whose runs go on, from a number on, in their order.
   *
   * @param unit only those of this worker, null for all
   */
  public List<Long> liveFrom(Session session, @Nullable String unit, long from, int limit) {
    String some =
        """
        select id from sk_item_set
        where app = ? and state in ('held', 'active') and state <> 'closed' and id >= ?
        """;
    String order = " order by id limit ?";
    return unit == null
        ? session.list(some + order, row -> row.big(1), session.app(), from, limit)
        : session.list(
            some + " and unit = ?" + order, row -> row.big(1), session.app(), from, unit, limit);
  }

  /** Returns sets whose enumeration has ended and whose runs go on. */
  public List<Found> enumeratedAndLive(Session session) {
    return session.list(
        SELECT
            + "s.enumerated and s.state in ('held', 'active') and s.state <> 'closed' order by"
            + " s.id",
        ItemSets::read,
        session.app());
  }

  /** Returns what was changed at runtime of the workers whose items are claimed, as JSON by id. */
  public Map<String, String> configurations(Session session) {
    return session
        .list(
            """
            select u.id, u.configuration from sk_unit u where u.app = ? and u.id in (
              select s.unit from sk_item_set s where s.app = ? and s.state = 'active')
            """,
            row -> Map.entry(row.text(1), row.text(2)),
            session.app(),
            session.app())
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Returns those of some sets whose runs are final. */
  public List<Long> ended(Session session, Collection<Long> ids) {
    return session.list(
        """
        select id from sk_item_set
        where app = ? and id = any(?) and state in ('ending', 'closed')
        """,
        row -> row.big(1),
        session.app(),
        ids);
  }

  private static Found read(Session.Row row) throws SQLException {
    return new Found(
        row.big(1),
        row.text(2),
        row.text(3),
        State.valueOf(row.text(4).toUpperCase(Locale.ROOT)),
        new Entry(row.big(5), row.flag(6), row.flagOrNull(7), row.flag(8)),
        row.atOrNull(9),
        row.big(10));
  }
}
