package io.synchronik.impl.store.item;

import io.synchronik.impl.store.jdbc.Bulk;

/** Changes of many items at once. */
final class ItemStatements {
  private ItemStatements() {}

  private static final String NEW =
      """
      insert into sk_item (app, item_set, n, state, priority, attempt, losses, fence,
        enumeration, due_at, deadline_at, item_key, mutex, payload)
      values (:app, :item_set, :n, :state, :priority, 0, 0, 0, :enumeration, :due_at,
        :deadline_at, :item_key, :mutex, :payload)
      """;

  static final Bulk INSERT =
      Bulk.of(
          NEW,
          "app text*",
          "item_set bigint*",
          "n bigint",
          "state text",
          "priority integer",
          "enumeration bigint*",
          "due_at timestamptz",
          "deadline_at timestamptz",
          "item_key text",
          "mutex text",
          "payload text");

  /** Items that differ in their payloads alone: each array less is time that PostgreSQL saves. */
  static final Bulk INSERT_ALIKE =
      Bulk.of(
          NEW,
          "app text*",
          "item_set bigint*",
          "n bigint",
          "state text*",
          "priority integer*",
          "enumeration bigint*",
          "due_at timestamptz*",
          "deadline_at timestamptz*",
          "item_key text*",
          "mutex text*",
          "payload text");

  static final Bulk CLAIM =
      Bulk.of(
          """
          update sk_item t set state = 'started', owner = :owner, node = :node,
            fence = t.fence + 1, attempt = t.attempt + 1, started_at = :now
          where t.app = :app and t.item_set = :item_set and t.n = :n and t.fence = :fence
            and t.state || '' = 'ready'
          """,
          "owner text*",
          "node text*",
          "now timestamptz*",
          "app text*",
          "item_set bigint",
          "n bigint",
          "fence bigint");

  static final Bulk COMPLETE =
      Bulk.of(
          """
          update sk_item t set state = 'completed', owner = null, ended_at = :now, result = :result
          where t.app = :app and t.item_set = :item_set and t.n = :n and t.fence = :fence
            and t.state || '' = 'started'
          """,
          "now timestamptz*",
          "result text",
          "app text*",
          "item_set bigint",
          "n bigint",
          "fence bigint");

  static final Bulk CHANGE =
      Bulk.of(
          """
          update sk_item t set state = :state, owner = null, ended_at = :ended_at,
            due_at = :due_at, attempt = :attempt, losses = :losses,
            failure_type = coalesce(:failure_type, t.failure_type),
            failure_message = coalesce(:failure_message, t.failure_message),
            failure_trace = coalesce(:failure_trace, t.failure_trace),
            failure_group = coalesce(:failure_group, t.failure_group)
          where t.app = :app and t.item_set = :item_set and t.n = :n and t.fence = :fence
            and t.state || '' = 'started'
          """,
          "state text",
          "ended_at timestamptz",
          "due_at timestamptz",
          "attempt integer",
          "losses integer",
          "failure_type text",
          "failure_message text",
          "failure_trace text",
          "failure_group text",
          "app text*",
          "item_set bigint",
          "n bigint",
          "fence bigint");

  private static final String DONE =
      """
      with done as (
        update sk_item set state = 'completed', owner = null, ended_at = ?, result = ?
        where app = ? and item_set = ? and n = ? and fence = ? and state || '' = 'started'
        returning app, item_set)
      """;

  /** Completes an item whose slot may have no counters yet. */
  static final String COMPLETE_FIRST =
      DONE
          + """
          insert into sk_item_count
            (app, item_set, slot, initialized, started, completed, failed, canceled)
          select app, item_set, ?, 0, -1, 1, 0, 0 from done
          on conflict (app, item_set, slot) do update set
            started = sk_item_count.started - 1, completed = sk_item_count.completed + 1
          """;

  /** Completes an item whose slot has counters. */
  static final String COMPLETE_ONE =
      DONE
          + """
          update sk_item_count c set started = c.started - 1, completed = c.completed + 1
          from done where c.app = done.app and c.item_set = done.item_set and c.slot = ?
          """;
}
