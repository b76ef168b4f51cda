package io.synchronik.impl.tell;

import io.synchronik.impl.store.event.Place;
import io.synchronik.impl.store.event.UntoldStore;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Takes over what an incarnation that is gone has not told. */
public final class Inheritance {
  private static final int BATCHES_AT_ONCE = 500;

  private final Transactions transactions;
  private final UntoldRows rows;
  private final UntoldStore store = new UntoldStore();

  /**
   * Creates it.
   *
   * @param rows told what is to be told here from now on
   */
  public Inheritance(Transactions transactions, UntoldRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  /**
   * Lets what one incarnation has not told be told by another one, this node's.
   *
   * @param told up to which batch it has told all, but for what its rows say
   * @param last what else is done in the transaction that decides
   */
  public void take(String gone, String told, String heir, Consumer<Tx> last) {
    Map<String, Place> begins = begins(gone, told);
    List<UntoldStore.Rest> inherited =
        transactions.own(
            tx -> {
              List<UntoldStore.Rest> rests = new ArrayList<>(store.of(tx.session(), gone));
              List<UntoldStore.Rest> found = unknown(gone, begins, rests);
              store.add(tx.session(), gone, found);
              store.hand(tx.session(), gone, heir);
              last.accept(tx);
              rests.addAll(found);
              return rests;
            });
    rows.inherit(inherited);
  }

  /** One of each unit is enough to know what is to be read; there may be very many. */
  private Map<String, Place> begins(String gone, String told) {
    Map<String, Place> begins = new LinkedHashMap<>();
    String from = told;
    List<UntoldStore.Begin> some = some(gone, from);
    while (!some.isEmpty()) {
      some.forEach(begin -> begins.putIfAbsent(begin.unit(), begin.first().before()));
      from = some.get(some.size() - 1).first().batch();
      some = some(gone, from);
    }
    return begins;
  }

  private List<UntoldStore.Begin> some(String gone, String from) {
    return transactions.own(tx -> store.begins(tx.session(), gone, from, BATCHES_AT_ONCE));
  }

  /** Returns what no row tells of. */
  private static List<UntoldStore.Rest> unknown(
      String gone, Map<String, Place> begins, List<UntoldStore.Rest> known) {
    Set<UntoldStore.Kind> kinds = new HashSet<>();
    known.forEach(rest -> kinds.add(rest.kind()));
    List<UntoldStore.Rest> unknown = new ArrayList<>();
    begins.forEach(
        (unit, place) -> {
          for (Audience audience : Audience.values()) {
            UntoldStore.Kind kind = new UntoldStore.Kind(gone, audience.code(), unit);
            if (kinds.add(kind)) {
              unknown.add(new UntoldStore.Rest(kind, place));
            }
          }
        });
    return unknown;
  }
}
