package io.synchronik.impl.store.event;

import io.synchronik.impl.store.jdbc.Session;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_untold}: who has not been told of which events yet, where that is not said by what
 * their node has announced; and those events in the journal.
 */
public final class UntoldStore {
  /**
   * Whose events are told to whom.
   *
   * @param incarnation that has written them
   * @param audience who is told
   * @param unit that they are about; empty for those of none
   */
  public record Kind(String incarnation, String audience, String unit) {}

  /**
   * Events that are to be told.
   *
   * @param kind which
   * @param told up to here they are
   */
  public record Rest(Kind kind, Place told) {}

  /**
   * Where the events of a unit begin.
   *
   * @param unit empty for those of none
   * @param first the place of the first
   */
  public record Begin(String unit, Place first) {}

  /**
   * Asks for events.
   *
   * @param incarnation that has written them
   * @param unit that they are about; empty for those of none
   * @param after the place behind which to begin
   * @param to the last batch
   * @param limit so many at most
   */
  public record Asked(String incarnation, String unit, Place after, String to, int limit) {}

  /** Reads events in their order. */
  public List<EventStore.Placed> read(Session session, Asked asked) {
    Place after = asked.after;
    return UnitEvents.read(
        session,
        new UnitEvents.Asked(
            asked.unit.isEmpty() ? null : asked.unit,
            after.batch(),
            asked.to,
            " and (e.batch > ? or e.n > ?) and b.incarnation = ?",
            List.of(after.batch(), after.n(), asked.incarnation),
            false,
            asked.limit));
  }

  /** Returns where the events of units begin in an incarnation's next batches behind one. */
  public List<Begin> begins(Session session, String incarnation, String batch, int batches) {
    return session.list(
        """
        select e.batch, e.n, coalesce(e.unit, '') from (
          select app, id from sk_event_batch
          where app = ? and incarnation = ? and id > ? order by id limit ?) b
        join sk_event e on e.app = b.app and e.batch = b.id
        order by e.batch, e.n
        """,
        row -> new Begin(row.text(3), new Place(row.text(1), row.number(2))),
        session.app(),
        incarnation,
        batch,
        batches);
  }

  /** Returns what an incarnation has to tell. */
  public List<Rest> of(Session session, String owner) {
    return session.list(
        """
        select incarnation, audience, unit, batch, n from sk_untold where app = ? and owner = ?
        order by incarnation, audience, unit
        """,
        row ->
            new Rest(
                new Kind(row.text(1), row.text(2), row.text(3)),
                new Place(row.text(4), row.number(5))),
        session.app(),
        owner);
  }

  /** Notes what an incarnation has to tell. */
  public void add(Session session, String owner, Collection<Rest> rests) {
    session.batch(
        """
        insert into sk_untold (app, incarnation, audience, unit, owner, batch, n)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        rests.stream()
            .map(
                rest ->
                    new @Nullable Object[] {
                      session.app(),
                      rest.kind.incarnation,
                      rest.kind.audience,
                      rest.kind.unit,
                      owner,
                      rest.told.batch(),
                      rest.told.n()
                    })
            .toList());
  }

  /** Notes how far an incarnation has told what it has to tell. */
  public void moveIfOwn(Session session, String owner, Collection<Rest> rests) {
    session.batch(
        """
        update sk_untold set batch = ?, n = ?
        where app = ? and incarnation = ? and audience = ? and unit = ? and owner = ?
        """,
        rests.stream()
            .map(
                rest ->
                    new @Nullable Object[] {
                      rest.told.batch(),
                      rest.told.n(),
                      session.app(),
                      rest.kind.incarnation,
                      rest.kind.audience,
                      rest.kind.unit,
                      owner
                    })
            .toList());
  }

  /** Removes what an incarnation has told, or what its node's announcements say. */
  public void removeIfOwn(Session session, String owner, Collection<Kind> kinds) {
    session.batch(
        """
        delete from sk_untold
        where app = ? and incarnation = ? and audience = ? and unit = ? and owner = ?
        """,
        kinds.stream()
            .map(
                kind ->
                    new @Nullable Object[] {
                      session.app(), kind.incarnation, kind.audience, kind.unit, owner
                    })
            .toList());
  }

  /** Hands all that an incarnation has to tell to another one. */
  public void hand(Session session, String from, String to) {
    session.update(
        "update sk_untold set owner = ? where app = ? and owner = ?", to, session.app(), from);
  }
}
