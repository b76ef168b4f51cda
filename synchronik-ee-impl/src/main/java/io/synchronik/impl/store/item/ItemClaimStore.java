package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sk_item}: ready items are claimed, in batches. */
public final class ItemClaimStore {
  /**
   * How many items of a set are wanted.
   *
   * @param set which
   * @param items at most
   * @param passesOver whether somebody is known to hold some of them
   */
  public record Wanted(long set, int items, boolean passesOver) {}

  private static final int MOST_PASSED_OVER = 10_000;

  /** Claims ready items of an active set, those with the highest priority first. */
  public List<ItemStore.Owned> claim(
      Session session, RunStore.Claimer claimer, Wanted want, Instant now) {
    return session.dialect() == Dialect.POSTGRESQL
        ? claimByPlace(session, claimer, want, now)
        : claimByKey(session, claimer, want, now);
  }

  /** One statement, whose plan is the same whatever the statistics say. */
  private static List<ItemStore.Owned> claimByPlace(
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
            row -> new Prior(row.number(8), ItemStore.readOwned(row)),
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

  private record Prior(int priority, ItemStore.Owned item) {}

  private static List<ItemStore.Owned> claimByKey(
      Session session, RunStore.Claimer claimer, Wanted want, Instant now) {
    if (!want.passesOver) {
      return claimFound(session, claimer, ready(session, want, want.items), now);
    }
    int limit = want.items;
    List<ItemStore.Owned> found = ready(session, want, limit);
    List<ItemStore.Owned> free = ItemLocks.free(session, found);
    while (free.size() < want.items && found.size() == limit && limit < MOST_PASSED_OVER) {
      limit *= 4;
      found = ready(session, want, limit);
      free = ItemLocks.free(session, found);
    }
    return claimFound(session, claimer, free.subList(0, Math.min(free.size(), want.items)), now);
  }

  private static List<ItemStore.Owned> ready(Session session, Wanted want, int limit) {
    return session.list(
        ItemStore.OWNED
            + "item_set = ? and state = 'ready' and mutex is null"
            + " order by priority desc, n limit ?",
        ItemStore::readOwned,
        session.app(),
        want.set,
        limit);
  }

  /** Claims those of some ready items that nobody was faster to claim. */
  static List<ItemStore.Owned> claimFound(
      Session session, RunStore.Claimer claimer, List<ItemStore.Owned> found, Instant now) {
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
                          item.id().set(),
                          item.id().number(),
                          item.fence()
                        })
                .toList());
    List<ItemStore.Owned> claimed = new ArrayList<>(found.size());
    for (int i = 0; i < met.length; i++) {
      if (met[i]) {
        claimed.add(claimed(found.get(i)));
      }
    }
    return claimed;
  }

  private static ItemStore.Owned claimed(ItemStore.Owned item) {
    return new ItemStore.Owned(
        item.id(), item.key(), item.attempt() + 1, item.losses(), item.fence() + 1, item.payload());
  }
}
