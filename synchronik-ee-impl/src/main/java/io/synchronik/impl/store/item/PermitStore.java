package io.synchronik.impl.store.item;

import io.synchronik.impl.lifecycle.RateWindow;
import io.synchronik.impl.store.jdbc.Bulk;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.worker.RateLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_permit} and {@code sk_rate}: what limits the work on items. A permit is taken as long
 * as its row is there, and goes with the row of the node that took it.
 */
public final class PermitStore {
  private static final Bulk RELEASE =
      Bulk.of(
          """
          delete from sk_permit t where t.app = :app and t.name = :name and t.slot = :slot
            and t.owner = :owner
          """,
          "app text*",
          "name text",
          "slot integer",
          "owner text");

  /**
   * A permit that an incarnation has taken.
   *
   * @param name of the limit
   * @param slot number within the limit, from 1
   * @param owner the incarnation
   */
  public record Permit(String name, int slot, String owner) {}

  /**
   * Takes free permits of a limit. Whoever takes of several limits takes in the order of their
   * names.
   *
   * @param size how many the limit has
   * @param most how many are wanted
   */
  public List<Permit> take(
      Session session, String name, int size, int most, String owner, Instant now) {
    List<Permit> taken = new ArrayList<>();
    if (session.dialect() == Dialect.POSTGRESQL) {
      taken.addAll(
          session.list(
              """
              insert into sk_permit (app, name, slot, owner, taken_at)
              select ?, ?, s.slot, ?, ? from generate_series(1, ?) as s(slot)
              where not exists (
                select 1 from sk_permit p where p.app = ? and p.name = ? and p.slot = s.slot)
              order by s.slot limit ?
              on conflict do nothing returning slot
              """,
              row -> new Permit(name, row.number(1), owner),
              session.app(),
              name,
              owner,
              now,
              size,
              session.app(),
              name,
              most));
      return taken;
    }
    List<Integer> used =
        session.list(
            "select slot from sk_permit where app = ? and name = ?",
            row -> row.number(1),
            session.app(),
            name);
    for (int slot = 1; slot <= size && taken.size() < most; slot++) {
      Permit permit = new Permit(name, slot, owner);
      if (!used.contains(slot) && takeIfFree(session, permit, now)) {
        taken.add(permit);
      }
    }
    return taken;
  }

  /** Takes those that are free of limits that have one permit each. */
  public List<Permit> takeSingle(
      Session session, Collection<String> names, String owner, Instant now) {
    List<String> sorted = names.stream().sorted().toList();
    if (session.dialect() == Dialect.POSTGRESQL) {
      return session.list(
          """
          insert into sk_permit (app, name, slot, owner, taken_at)
          select ?, n.name, 1, ?, ? from unnest(?) with ordinality as n(name, place)
          order by n.place on conflict do nothing returning name
          """,
          row -> new Permit(row.text(1), 1, owner),
          session.app(),
          owner,
          now,
          sorted);
    }
    return sorted.stream()
        .map(name -> new Permit(name, 1, owner))
        .filter(permit -> takeIfFree(session, permit, now))
        .toList();
  }

  private static boolean takeIfFree(Session session, Permit permit, Instant now) {
    try {
      return session.update(
              """
              insert into sk_permit (app, name, slot, owner, taken_at) values (?, ?, ?, ?, ?)
              """,
              session.app(),
              permit.name,
              permit.slot,
              permit.owner,
              now)
          == 1;
    } catch (StoreException e) {
      if (!StoreException.isDuplicate(e)) {
        throw e;
      }
      return false;
    }
  }

  /** Gives permits back. */
  public void release(Session session, Collection<Permit> permits) {
    session.bulk(
        RELEASE,
        permits.stream()
            .map(
                permit ->
                    new @Nullable Object[] {session.app(), permit.name, permit.slot, permit.owner})
            .toList());
  }

  /** Returns what an incarnation has taken. */
  public List<Permit> of(Session session, String owner) {
    return session.list(
        "select name, slot, owner from sk_permit where app = ? and owner = ?",
        row -> new Permit(row.text(1), row.number(2), row.text(3)),
        session.app(),
        owner);
  }

  /** Holds what was taken of a worker's rate, alone. */
  public RateWindow window(Session session, String unit, RateLimit rate, Instant now) {
    String sql = "select taken from sk_rate where app = ? and unit = ? for update";
    List<String> found = session.list(sql, row -> row.text(1), session.app(), unit);
    if (found.isEmpty()) {
      createIfMissing(session, unit);
      found = session.list(sql, row -> row.text(1), session.app(), unit);
    }
    return RateWindow.of(rate, found.get(0), now);
  }

  private static void createIfMissing(Session session, String unit) {
    try {
      session.update(
          "insert into sk_rate (app, unit, taken) values (?, ?, '')"
              + session.dialect().orNothing(),
          session.app(),
          unit);
    } catch (StoreException e) {
      // Where the database has no such clause: somebody else was faster, and it is there now
      if (!StoreException.isDuplicate(e)) {
        throw e;
      }
    }
  }

  /** Writes what was taken of a worker's rate. */
  public void write(Session session, String unit, RateWindow window) {
    session.update(
        "update sk_rate set taken = ? where app = ? and unit = ?",
        window.toString(),
        session.app(),
        unit);
  }
}
