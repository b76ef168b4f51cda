package io.synchronik.impl.item.claim;

import io.synchronik.impl.lifecycle.RateWindow;
import io.synchronik.impl.store.item.PermitStore;
import io.synchronik.impl.store.item.PermitStore.Permit;
import io.synchronik.impl.tx.Tx;
import io.synchronik.worker.RateLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the limits of workers allow one transaction that claims items: it takes all that may be
 * needed, rates by worker and then permits by name, and gives back what was not used.
 */
final class Allowance {
  private final PermitStore store = new PermitStore();
  private final Tx tx;
  private final Map<String, RateWindow> rates = new HashMap<>();
  private final Map<String, Deque<Permit>> free = new HashMap<>();

  private Allowance(Tx tx) {
    this.tx = tx;
  }

  static Allowance open(Tx tx, String owner, Collection<ItemClaims.Wanted> wanted) {
    Map<String, RateLimit> limited = new TreeMap<>();
    Map<String, Integer> sizes = new TreeMap<>();
    Map<String, Integer> most = new HashMap<>();
    for (ItemClaims.Wanted want : wanted) {
      RateLimit rate = want.limits().rate();
      if (rate != null) {
        limited.put(want.unit(), rate);
      }
      sizes.putAll(want.limits().permits());
      want.limits()
          .permits()
          .forEach((name, size) -> most.merge(name, want.slices(), Integer::sum));
    }
    Allowance allowance = new Allowance(tx);
    limited.forEach(allowance::takeRate);
    sizes.forEach(
        (name, size) -> allowance.takePermits(name, size, most.getOrDefault(name, 0), owner));
    return allowance;
  }

  private void takeRate(String unit, RateLimit rate) {
    rates.put(unit, store.window(tx.session(), unit, rate, tx.now()));
  }

  private void takePermits(String name, int size, int most, String owner) {
    free.put(name, new ArrayDeque<>(store.take(tx.session(), name, size, most, owner, tx.now())));
  }

  /** Returns what is left of a worker's rate, null for no limit. */
  @Nullable RateWindow rate(ItemClaims.Wanted want) {
    return rates.get(want.unit());
  }

  /** Returns how many slices there are permits for. */
  int slices(ItemClaims.Wanted want) {
    return want.limits().permits().keySet().stream()
        .mapToInt(name -> of(name).size())
        .reduce(want.slices(), Math::min);
  }

  /** Uses one permit of each limit. */
  List<Permit> use(ItemClaims.Wanted want) {
    List<Permit> used = new ArrayList<>();
    want.limits().permits().keySet().forEach(name -> used.add(of(name).remove()));
    return used;
  }

  private Deque<Permit> of(String name) {
    return free.computeIfAbsent(name, none -> new ArrayDeque<>());
  }

  /** Writes what was taken of rates, and gives back the permits that are left. */
  void close() {
    rates.forEach((unit, window) -> store.write(tx.session(), unit, window));
    store.release(tx.session(), free.values().stream().flatMap(Collection::stream).toList());
  }
}
