package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.jdbc.FailureGroup;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
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

  static final String OWNED =
      "select item_set, n, item_key, attempt, losses, fence, payload from sk_item where app = ? and"
          + " ";

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
