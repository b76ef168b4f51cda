package io.synchronik.it.serverless;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ManualItems;
import io.synchronik.run.RunHandle;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** A run of manual items that is kept open, with as many failed ones as are asked for. */
final class ManyFailed implements ManualItems<Integer> {
  static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("2001-01-01T00:00:00Z");

  private ManyFailed() {}

  @Override
  public ItemPolicy policy() {
    return ItemPolicy.continueOnFailure();
  }

  /** Begins a run of a unit of its own. */
  static RunHandle begin(SynchronikManager manager, Database database, String unit, int items)
      throws SQLException {
    manager.registerUnit(ItemSource.worker(unit, Integer.class, new ManyFailed()));
    RunHandle run = manager.runWorkerById(unit);
    String id = run.id().value();
    Await.until(
        Probe.PATIENCE, () -> manager.items().findRun(id).filter(ItemRunView::open).isPresent());
    String numbers =
        database.kind() == DatabaseKind.H2
            ? "(select x as g from system_range(1, %d)) numbers"
            : "generate_series(1, %d) numbers(g)";
    database.execute(
        """
        insert into sk_item (app, item_set, n, state, priority, attempt, losses, fence, enumeration,
          ended_at, payload, failure_type, failure_message)
        select s.app, s.id, 1000000000 + g, 'failed', 0, 1, 0, 1, 0, ?, '1', 'Broken', 'it broke'
        from sk_item_set s, %s where s.run = ?
        """
            .formatted(numbers.formatted(items)),
        LONG_AGO,
        id);
    database.execute(
        """
        insert into sk_item_count (app, item_set, slot, initialized, started, completed, failed,
          canceled)
        select app, id, 99, 0, 0, 0, ?, 0 from sk_item_set where run = ?
        """,
        items,
        id);
    return run;
  }
}
