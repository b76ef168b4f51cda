package io.synchronik.impl.node;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.node.OpenTransactions;
import io.synchronik.impl.tx.OpenCallers;
import io.synchronik.impl.unit.Core;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells who keeps a transaction open that holds rows of the engine: once when that has lasted for
 * half a lease, and once when it is over.
 */
public final class OpenCallerReport {
  private static final Logger LOG = System.getLogger(OpenCallerReport.class.getName());

  private final Core core;
  private final Duration most;
  private final OpenTransactions store = new OpenTransactions();

  /** Transactions outside of this JVM that were told, with when. */
  private final Map<OpenTransactions.Open, Long> told = new HashMap<>();

  private long lookedNanos = System.nanoTime();

  public OpenCallerReport(Core core) {
    this.core = core;
    this.most = core.settings().pace().lease().dividedBy(2);
  }

  /** Looks, and tells what has changed. */
  public void report() {
    OpenCallers.Changes changes = core.transactions().openCallers().changes(most);
    changes.open().forEach(this::open);
    changes
        .over()
        .forEach(
            caller ->
                LOG.log(
                    Level.WARNING,
                    Message.CALLER_OVER.with(caller.thread(), DurationText.write(caller.age()))));
    if (System.nanoTime() - lookedNanos > most.toNanos() / 2) {
      lookedNanos = System.nanoTime();
      reportOthers();
    }
  }

  private void open(OpenCallers.Caller caller) {
    String at = caller.at();
    LOG.log(
        Level.WARNING,
        Message.CALLER_OPEN.with(
            caller.thread(),
            core.settings().identity().application(),
            DurationText.write(caller.age()),
            at == null ? "" : "; it is at " + at));
  }

  private void reportOthers() {
    Set<Integer> known = core.transactions().openCallers().backends();
    List<OpenTransactions.Open> open =
        core.transactions().briefly(tx -> store.olderThan(tx.session(), most)).stream()
            .filter(one -> !known.contains(one.backend()))
            .toList();
    for (OpenTransactions.Open one : open) {
      if (told.putIfAbsent(one, System.nanoTime()) == null) {
        Duration age = Duration.between(one.since(), core.clock().database());
        LOG.log(
            Level.WARNING,
            Message.TRANSACTION_OPEN.with(
                one.backend(), one.application(), from(one), DurationText.write(age)));
      }
    }
    for (OpenTransactions.Open one : List.copyOf(told.keySet())) {
      if (!open.contains(one)) {
        told.remove(one);
        LOG.log(
            Level.WARNING,
            Message.TRANSACTION_OVER.with(one.backend(), one.application(), from(one)));
      }
    }
  }

  private static String from(OpenTransactions.Open one) {
    return one.client() == null ? "the database's own machine" : one.client();
  }
}
