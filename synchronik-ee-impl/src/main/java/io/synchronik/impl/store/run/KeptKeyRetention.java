package io.synchronik.impl.store.run;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code sk_kept_key}: removal of keys that nobody has any more, in small bites. */
final class KeptKeyRetention {
  /** A key of a unit's items. */
  private record Key(String unit, String key) {}

  /**
   * What came of freeing keys.
   *
   * @param more whether there may be more to free
   * @param held sets of which somebody holds some keys
   */
  record Freed(boolean more, Set<Long> held) {}

  private KeptKeyRetention() {}

  /** Removes keys whose time is over, but for those that somebody holds; returns how many. */
  static int removeOver(Session session, Instant now, int limit) {
    List<Key> over =
        session.list(
            "select unit, item_key from sk_kept_key where app = ? and kept_until <= ?"
                + " order by kept_until limit ? for update skip locked",
            row -> new Key(row.text(1), row.text(2)),
            session.app(),
            now,
            limit);
    byUnit(over).forEach((unit, keys) -> remove(session, unit, keys));
    return over.size();
  }

  private static Map<String, Set<String>> byUnit(Collection<Key> all) {
    Map<String, Set<String>> byUnit = new TreeMap<>();
    all.forEach(key -> byUnit.computeIfAbsent(key.unit, unit -> new TreeSet<>()).add(key.key));
    return byUnit;
  }

  private static void remove(Session session, String unit, Collection<String> keys) {
    session.update(
        "delete from sk_kept_key where app = ? and unit = ? and item_key = any(?)",
        session.app(),
        unit,
        keys);
  }

  /** Removes a bite of the keys of a unit, but for those that somebody holds. */
  static void removeOf(Session session, String unit, int limit) {
    remove(
        session,
        unit,
        session.list(
            "select item_key from sk_kept_key where app = ? and unit = ? limit ?"
                + " for update skip locked",
            row -> row.text(1),
            session.app(),
            unit,
            limit));
  }

  /** Tells whether a unit has keys. */
  static boolean hasAny(Session session, String unit) {
    return session
        .first(
            "select 1 from sk_kept_key where app = ? and unit = ? limit 1",
            row -> row.number(1),
            session.app(),
            unit)
        .isPresent();
  }

  /**
   * Frees a bite of the keys of items that have failed or were withdrawn, before these are removed.
   */
  static Freed free(Session session, Collection<Long> sets, int limit) {
    Set<Long> held = new HashSet<>();
    for (long set : keeping(session, sets)) {
      List<Key> lost = lost(session, set, limit);
      int freed = 0;
      for (Map.Entry<String, Set<String>> keys : byUnit(lost).entrySet()) {
        List<String> free = free(session, set, keys.getKey(), keys.getValue());
        remove(session, keys.getKey(), free);
        freed += free.size();
      }
      if (freed < lost.size()) {
        held.add(set);
      } else if (freed == limit) {
        return new Freed(true, held);
      }
    }
    return new Freed(false, held);
  }

  private static List<Long> keeping(Session session, Collection<Long> sets) {
    return sets.isEmpty()
        ? List.of()
        : session.list(
            "select distinct item_set from sk_kept_key where app = ? and item_set = any(?)",
            row -> row.big(1),
            session.app(),
            sets);
  }

  private static List<Key> lost(Session session, long set, int limit) {
    return session.list(
        """
        select k.unit, k.item_key from sk_kept_key k
        join sk_item i on i.app = k.app and i.item_set = k.item_set and i.n = k.n
        where k.app = ? and k.item_set = ? and i.state in ('failed', 'canceled') limit ?
        """,
        row -> new Key(row.text(1), row.text(2)),
        session.app(),
        set,
        limit);
  }

  /** Whoever holds one takes it over. */
  private static List<String> free(
      Session session, long set, String unit, Collection<String> keys) {
    return session.list(
        "select item_key from sk_kept_key where app = ? and unit = ? and item_key = any(?)"
            + " and item_set = ? for update skip locked",
        row -> row.text(1),
        session.app(),
        unit,
        keys,
        set);
  }
}
