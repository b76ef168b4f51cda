package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.FailureGroup;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_item}: the fast lane. Items are added, claimed and ended in batches, fenced.
 *
 * <p>Where rows are found by the primary key, the state is compared in a form that no index has:
 * the statistics say that hardly any are ready or started, so that the planner would take the
 * indexes of these and read them through for each row.
 */
public final class ItemStore {
  /**
   * An item to be inserted.
   *
   * @param n its number
   * @param payload as JSON
   * @param key unique in the set, null for none
   * @param mutex only one item with it is worked on at a time, null for none
   * @param priority items with a higher one are claimed first
   * @param times when it may and must be done
   */
  public record New(
      long n,
      @Nullable String payload,
      @Nullable String key,
      @Nullable String mutex,
      int priority,
      Times times) {}

  /**
   * When an item may and must be done.
   *
   * @param dueAt not claimed before, null for at once
   * @param deadlineAt by when it must be final, null for never
   */
  public record Times(@Nullable Instant dueAt, @Nullable Instant deadlineAt) {
    /** At any time. */
    public static final Times ANY = new Times(null, null);
  }

  /**
   * An item that this node owns.
   *
   * @param id which
   * @param key its key, null when it has none
   * @param attempt number of the attempt to make, from 1
   * @param losses how often its node was lost
   * @param fence of the claim
   * @param payload as JSON
   */
  public record Owned(
      ItemId id,
      @Nullable String key,
      int attempt,
      int losses,
      long fence,
      @Nullable String payload) {}

  /**
   * How many items of a set are wanted.
   *
   * @param set which
   * @param items at most
   * @param passesOver whether somebody is known to hold some of them
   */
  public record Wanted(long set, int items, boolean passesOver) {}

  /**
   * An owned item that is done.
   *
   * @param id which
   * @param fence which claim it must still be
   * @param result as JSON
   */
  public record Done(ItemId id, long fence, @Nullable String result) {}

  /**
   * An owned item that is not done.
   *
   * @param id which
   * @param fence which claim it must still be
   * @param state as stored
   * @param attempt number to store
   * @param losses how often its node was lost
   * @param dueAt when the next attempt is due, null unless waiting
   * @param failure of the attempt, null when it did not fail
   */
  public record Undone(
      ItemId id,
      long fence,
      String state,
      int attempt,
      int losses,
      @Nullable Instant dueAt,
      @Nullable Failure failure) {}

  /** Numbers come in blocks of so many. */
  public static final int BLOCK = 1000;

  private static final int MOST_PASSED_OVER = 10_000;

  private static final String OWNED =
      "select item_set, n, item_key, attempt, losses, fence, payload from sk_item where app = ? and"
          + " ";

  /** Returns the first number of a block that nobody else uses. */
  public long nextBlock(Session session) {
    return session
        .first("select " + session.dialect().next("sk_item_seq"), row -> row.big(1))
        .orElseThrow();
  }

  /** Returns which of some keys a set has. */
  public Set<String> keys(Session session, long set, Collection<String> keys) {
    return keys.isEmpty()
        ? Set.of()
        : new HashSet<>(
            session.list(
                "select item_key from sk_item where app = ? and item_set = ? and item_key = any(?)",
                row -> row.text(1),
                session.app(),
                set,
                keys));
  }

  /**
   * Inserts items.
   *
   * @param enumeration fence of the attempt that adds them, 0 for others
   */
  public void insert(Session session, long set, long enumeration, List<New> items, Instant now) {
    List<@Nullable Object[]> rows = new ArrayList<>(items.size());
    for (New item : items) {
      Instant due = item.times.dueAt;
      boolean waits = due != null && due.isAfter(now);
      rows.add(
          new @Nullable Object[] {
            session.app(),
            set,
            item.n,
            waits ? "waiting" : "ready",
            item.priority,
            enumeration,
            due,
            item.times.deadlineAt,
            item.key,
            item.mutex,
            item.payload
          });
    }
    session.bulk(alike(items) ? ItemStatements.INSERT_ALIKE : ItemStatements.INSERT, rows);
  }

  private static boolean alike(List<New> items) {
    for (New item : items) {
      if (item.key != null
          || item.mutex != null
          || item.priority != items.get(0).priority
          || !item.times.equals(items.get(0).times)) {
        return false;
      }
    }
    return true;
  }

  /** Removes items without a key that earlier attempts of the enumeration have added. */
  public int removeTorn(Session session, long set, long enumeration, int limit) {
    List<Long> torn =
        session.list(
            """
            select n from sk_item where app = ? and item_set = ? and item_key is null
              and enumeration > 0 and enumeration < ? order by n limit ?
            """,
            row -> row.big(1),
            session.app(),
            set,
            enumeration,
            limit);
    return torn.isEmpty()
        ? 0
        : session.update(
            "delete from sk_item where app = ? and item_set = ? and n = any(?)",
            session.app(),
            set,
            torn);
  }

  /** Claims ready items of an active set, those with the highest priority first. */
  public List<Owned> claim(Session session, RunStore.Claimer claimer, Wanted want, Instant now) {
    return session.dialect() == Dialect.POSTGRESQL
        ? claimByPlace(session, claimer, want, now)
        : claimByKey(session, claimer, want, now);
  }

  /** One statement, whose plan is the same whatever the statistics say. */
  private static List<Owned> claimByPlace(
      Session session, RunStore.Claimer claimer, Wanted want, Instant now) {
    List<Prior> found =
        session.list(
            """
            update sk_item set state = 'started', owner = ?, node = ?, fence = fence + 1,
              attempt = attempt + 1, started_at = ?
            where ctid = any (array(
              select ctid from sk_item where app = ? and item_set = ? and state = 'ready'
                and mutex is null order by priority desc, n limit ? for update skip locked))
            returning item_set, n, item_key, attempt, losses, fence, payload, priority
            """,
            row -> new Prior(row.number(8), readOwned(row)),
            claimer.incarnation(),
            claimer.node(),
            now,
            session.app(),
            want.set,
            want.items);
    found.sort(
        Comparator.comparing(Prior::priority).reversed().thenComparing(one -> one.item.id()));
    return found.stream().map(Prior::item).toList();
  }

  private record Prior(int priority, Owned item) {}

  private static List<Owned> claimByKey(
      Session session, RunStore.Claimer claimer, Wanted want, Instant now) {
    if (!want.passesOver) {
      return claimFound(session, claimer, ready(session, want, want.items), now);
    }
    int limit = want.items;
    List<Owned> found = ready(session, want, limit);
    List<Owned> free = ItemLocks.free(session, found);
    while (free.size() < want.items && found.size() == limit && limit < MOST_PASSED_OVER) {
      limit *= 4;
      found = ready(session, want, limit);
      free = ItemLocks.free(session, found);
    }
    return claimFound(session, claimer, free.subList(0, Math.min(free.size(), want.items)), now);
  }

  private static List<Owned> ready(Session session, Wanted want, int limit) {
    return session.list(
        OWNED
            + "item_set = ? and state = 'ready' and mutex is null"
            + " order by priority desc, n limit ?",
        ItemStore::readOwned,
        session.app(),
        want.set,
        limit);
  }

  /** Claims those of some ready items that nobody was faster to claim. */
  static List<Owned> claimFound(
      Session session, RunStore.Claimer claimer, List<Owned> found, Instant now) {
    boolean[] met =
        session.bulk(
            ItemStatements.CLAIM,
            found.stream()
                .map(
                    item ->
                        new @Nullable Object[] {
                          claimer.incarnation(),
                          claimer.node(),
                          now,
                          session.app(),
                          item.id.set(),
                          item.id.number(),
                          item.fence
                        })
                .toList());
    List<Owned> claimed = new ArrayList<>(found.size());
    for (int i = 0; i < met.length; i++) {
      if (met[i]) {
        claimed.add(claimed(found.get(i)));
      }
    }
    return claimed;
  }

  private static Owned claimed(Owned item) {
    return new Owned(
        item.id, item.key, item.attempt + 1, item.losses, item.fence + 1, item.payload);
  }

  /** Completes items that their claims still own; tells which did. */
  public boolean[] completeIfOwned(Session session, List<Done> items, Instant now) {
    return session.bulk(
        ItemStatements.COMPLETE,
        items.stream()
            .map(
                item ->
                    new @Nullable Object[] {
                      now, item.result, session.app(), item.id.set(), item.id.number(), item.fence
                    })
            .toList());
  }

  /** Changes items that their claims still own; tells which did. */
  public boolean[] changeIfOwned(Session session, List<Undone> items, Instant now) {
    return session.bulk(
        ItemStatements.CHANGE,
        items.stream()
            .map(
                item ->
                    new @Nullable Object[] {
                      item.state,
                      List.of("failed", "canceled").contains(item.state) ? now : null,
                      item.dueAt,
                      item.attempt,
                      item.losses,
                      item.failure == null ? null : item.failure.type(),
                      item.failure == null ? null : item.failure.message(),
                      item.failure == null ? null : item.failure.stackTrace(),
                      FailureGroup.of(item.failure),
                      session.app(),
                      item.id.set(),
                      item.id.number(),
                      item.fence
                    })
            .toList());
  }

  /**
   * Completes one item and moves its counters, in one statement where the database can.
   *
   * @param slot of the counters
   * @param known whether the slot has counters of the set already
   */
  public boolean completeOneIfOwned(
      Session session, Done item, int slot, boolean known, Instant now) {
    if (session.dialect() == Dialect.POSTGRESQL) {
      return session.update(
              known ? ItemStatements.COMPLETE_ONE : ItemStatements.COMPLETE_FIRST,
              now,
              item.result,
              session.app(),
              item.id.set(),
              item.id.number(),
              item.fence,
              slot)
          == 1;
    }
    boolean done = completeIfOwned(session, List.of(item), now)[0];
    if (done) {
      new ItemCounts()
          .move(item.id.set(), ItemCounts.Counter.STARTED, ItemCounts.Counter.COMPLETED, 1)
          .write(session, slot);
    }
    return done;
  }

  /** Locks and returns items that an incarnation owns and nobody else holds. */
  public List<Owned> lockOwnedAndFree(Session session, String incarnation, int limit) {
    return session.list(
        OWNED
            + "owner = ? and state = 'started' order by item_set, n limit ? for update skip locked",
        ItemStore::readOwned,
        session.app(),
        incarnation,
        limit);
  }

  /** Returns items that an incarnation owns. */
  public List<Owned> owned(Session session, String incarnation, int limit) {
    return session.list(
        OWNED + "owner = ? and state = 'started' order by item_set, n limit ?",
        ItemStore::readOwned,
        session.app(),
        incarnation,
        limit);
  }

  /** Returns owners of items under way of which there is no node. */
  public List<String> ownersWithoutNode(Session session) {
    return session.list(
        """
        select distinct owner from sk_item i
        where app = ? and state = 'started' and owner is not null and not exists (
          select 1 from sk_node n where n.app = i.app and n.incarnation = i.owner)
        """,
        row -> row.text(1),
        session.app());
  }

  static Owned readOwned(Session.Row row) throws SQLException {
    return new Owned(
        new ItemId(row.big(1), row.big(2)),
        row.textOrNull(3),
        row.number(4),
        row.number(5),
        row.big(6),
        row.textOrNull(7));
  }
}
