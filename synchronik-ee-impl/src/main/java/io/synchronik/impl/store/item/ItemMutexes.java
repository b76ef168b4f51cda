package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.run.ItemId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code sk_item}: items with a mutex, which are claimed apart from the others. */
public final class ItemMutexes {
  private static final String PREFIX = "mutex:";

  /**
   * A ready item whose mutex nobody holds.
   *
   * @param mutex its mutex
   * @param item as it was found, or is after its claim
   */
  public record Candidate(String mutex, ItemStore.Owned item) {
    /** Returns the name of the limit that its mutex is. */
    public String permit() {
      return ItemMutexes.permit(mutex);
    }
  }

  /** Returns the name of the limit that a mutex is. */
  public static String permit(String mutex) {
    return PREFIX + mutex;
  }

  /** Returns ready items whose mutexes are free, those with the highest priority first. */
  public List<Candidate> candidates(Session session, long set, int limit) {
    return session.list(
        """
        select i.item_set, i.n, i.item_key, i.attempt, i.losses, i.fence, i.payload, i.mutex
        from sk_item i
        where i.app = ? and i.item_set = ? and i.state = 'ready' and i.mutex is not null
          and not exists (
            select 1 from sk_permit p where p.app = i.app and p.name = ? || i.mutex)
        order by i.priority desc, i.n limit ?
        """
            + (session.dialect() == Dialect.POSTGRESQL ? " for update of i skip locked" : ""),
        row -> new Candidate(row.text(8), ItemStore.readOwned(row)),
        session.app(),
        set,
        PREFIX,
        limit);
  }

  /**
   * Claims those of some candidates that are still ready.
   *
   * @param passesOver whether somebody is known to hold some of them
   */
  public List<Candidate> claim(
      Session session,
      RunStore.Claimer claimer,
      List<Candidate> candidates,
      boolean passesOver,
      Instant now) {
    Map<ItemId, String> mutexes =
        candidates.stream().collect(Collectors.toMap(one -> one.item.id(), Candidate::mutex));
    List<ItemStore.Owned> found = candidates.stream().map(Candidate::item).toList();
    return ItemClaimStore.claimFound(
            session, claimer, passesOver ? ItemLocks.free(session, found) : found, now)
        .stream()
        .map(item -> new Candidate(Objects.requireNonNull(mutexes.get(item.id())), item))
        .toList();
  }

  /** Returns which of some sets have ready items with a mutex. */
  public List<Long> among(Session session, Collection<Long> sets) {
    return sets.isEmpty()
        ? List.of()
        : session.list(
            """
            select s.id from sk_item_set s where s.app = ? and s.id = any(?) and exists (
              select 1 from sk_item i where i.app = s.app and i.item_set = s.id
                and i.state = 'ready' and i.mutex is not null)
            """,
            row -> row.big(1),
            session.app(),
            sets);
  }
}
