package io.synchronik.impl.event;

import io.synchronik.event.JournalEntry;
import io.synchronik.impl.store.event.RunEventStore;
import io.synchronik.impl.tx.Transactions;
import java.util.List;

/** Reads what the journal has of one run. */
public final class RunEvents {
  private final Transactions transactions;
  private final EventCodec codec;
  private final RunEventStore events = new RunEventStore();

  public RunEvents(Transactions transactions, EventCodec codec) {
    this.transactions = transactions;
    this.codec = codec;
  }

  /** Returns a run's events behind a position, in order; none when nobody knows the run. */
  public List<JournalEntry> of(String run, long after, int limit) {
    return transactions.joined(tx -> events.of(tx.session(), run, tx.now(), after, limit)).stream()
        .map(placed -> new JournalEntry(placed.position(), codec.read(placed)))
        .toList();
  }
}
