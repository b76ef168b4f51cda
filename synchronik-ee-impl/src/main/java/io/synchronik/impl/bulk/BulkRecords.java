package io.synchronik.impl.bulk;

import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkState;
import io.synchronik.bulk.BulkView;
import io.synchronik.impl.store.bulk.BulkStore;
import io.synchronik.impl.store.bulk.BulkStore.Bulk;
import io.synchronik.impl.store.bulk.BulkStore.Counts;
import io.synchronik.impl.store.bulk.BulkStore.Order;
import io.synchronik.impl.tx.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bulk actions between the tables and those who use them. */
final class BulkRecords {
  private final Json json;

  BulkRecords(Json json) {
    this.json = json;
  }

  Order order(Wanted wanted, long expected) {
    return new Order(
        FilterText.word(wanted.action()),
        FilterText.target(wanted.filter()),
        json.writeMap(FilterText.write(wanted.filter())),
        wanted.filter() instanceof BulkFilter.Items items
            ? new BulkStore.Whose(items.run(), items.unit())
            : new BulkStore.Whose(null, null),
        wanted.by(),
        wanted.reason(),
        wanted.at(),
        expected);
  }

  Wanted wanted(Bulk bulk) {
    Order order = bulk.order();
    return new Wanted(
        FilterText.constant(BulkAction.class, order.action()),
        FilterText.read(order.target(), json.readTexts(order.filter())),
        order.by(),
        order.reason(),
        order.at());
  }

  BulkView view(Bulk bulk) {
    Wanted wanted = wanted(bulk);
    BulkStore.Standing standing = bulk.standing();
    Counts counts = standing.counts();
    Instant ended = bulk.endedAt();
    String canceledBy = bulk.cancelBy();
    return new BulkView(
        bulk.id(),
        wanted.action(),
        wanted.filter(),
        FilterText.constant(BulkState.class, standing.state()),
        new BulkView.Progress(
            bulk.order().expected(),
            counts.done(),
            counts.skipped(),
            counts.failed(),
            counts.held(),
            standing.failure()),
        new BulkView.Asked(wanted.by(), wanted.reason(), wanted.at()),
        ended == null && canceledBy == null ? null : new BulkView.End(ended, canceledBy));
  }

  /** Returns what the audit says of one that begins. */
  String begun(Order order) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("action", order.action());
    said.put("over", order.target());
    said.putAll(json.readTexts(order.filter()));
    said.put("expected", order.expected());
    return json.writeMap(said);
  }

  /** Returns what audit and milestone say of one that has ended. */
  Map<String, Object> ended(String id, Order order, BulkStore.Standing standing) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("id", id);
    said.put("action", order.action());
    said.put("over", order.target());
    said.put("state", standing.state());
    said.put("expected", order.expected());
    said.put("done", standing.counts().done());
    said.put("skipped", standing.counts().skipped());
    said.put("failed", standing.counts().failed());
    return said;
  }

  String text(Map<String, Object> said) {
    return json.writeMap(said);
  }
}
