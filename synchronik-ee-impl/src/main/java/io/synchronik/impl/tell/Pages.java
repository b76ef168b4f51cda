package io.synchronik.impl.tell;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.event.EventCodec;
import io.synchronik.impl.store.event.EventStore;
import io.synchronik.impl.store.event.Place;
import io.synchronik.impl.store.event.UntoldStore;
import io.synchronik.impl.tx.Transactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads events that are to be told from the journal. */
public final class Pages {
  private static final Logger LOG = System.getLogger(Pages.class.getName());

  private final Supplier<Transactions> transactions;
  private final EventCodec codec;
  private final Supplier<String> incarnation;
  private final UntoldStore store = new UntoldStore();

  /**
   * Creates it.
   *
   * @param incarnation under which this node writes now
   */
  public Pages(
      Supplier<Transactions> transactions, EventCodec codec, Supplier<String> incarnation) {
    this.transactions = transactions;
    this.codec = codec;
    this.incarnation = incarnation;
  }

  List<Found> read(Page page, String unit) {
    String writer = page.incarnation() == null ? incarnation.get() : page.incarnation();
    UntoldStore.Asked asked =
        new UntoldStore.Asked(writer, unit, page.after(), page.to(), Page.LIMIT);
    return transactions.get().own(tx -> store.read(tx.session(), asked)).stream()
        .map(placed -> new Found(Place.of(placed.event().id()), understood(placed)))
        .toList();
  }

  /** One that a newer version has written may be of a kind that this one does not know. */
  private @Nullable SynchronikEvent understood(EventStore.Placed placed) {
    try {
      return codec.read(placed);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "Event " + placed.event().id() + " cannot be read and is not told", e);
      return null;
    }
  }
}
