package io.synchronik.impl.item.claim;

import io.synchronik.impl.lifecycle.RateWindow;
import io.synchronik.impl.store.item.ItemClaimStore;
import io.synchronik.impl.store.item.ItemCounts;
import io.synchronik.impl.store.item.ItemMutexes;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.impl.store.item.PermitStore;
import io.synchronik.impl.store.item.PermitStore.Permit;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Tx;
import io.synchronik.worker.ItemLimits;
import io.synchronik.worker.RateLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Claims ready items in slices. Locks sets, together with others, then rates by worker, then takes
 * permits by name, then mutexes, then items, then counters.
 */
public final class ItemClaims {
  private static final int MUCH = 100;

  private final ItemSlots slots;
  private final ItemSets sets = new ItemSets();
  private final ItemClaimStore store = new ItemClaimStore();
  private final ItemMutexes mutexes = new ItemMutexes();
  private final PermitStore permits = new PermitStore();

  /**
   * What is wanted of a set.
   *
   * @param set which
   * @param unit its worker
   * @param slices at most
   * @param items in each of them, at most
   * @param most items of all of them together
   * @param limits of the worker
   * @param passesOver whether somebody is known to hold some of its items
   */
  record Wanted(
      long set, String unit, int slices, int items, int most, Limits limits, boolean passesOver) {
    Wanted passingOver() {
      return new Wanted(set, unit, slices, items, most, limits, true);
    }
  }

  /**
   * What limits the work on items of a worker on all nodes together.
   *
   * @param permits how many there are of each name; each slice takes one of each
   * @param rate of items, null for none
   */
  public record Limits(SortedMap<String, Integer> permits, @Nullable RateLimit rate) {
    /** Returns the limits of a worker. */
    public static Limits of(String unit, ItemLimits limits, ToIntFunction<String> queueSize) {
      SortedMap<String, Integer> permits = new TreeMap<>();
      if (limits.concurrency() > 0) {
        permits.put("worker:" + unit, limits.concurrency());
      }
      String queue = limits.queue();
      if (queue != null) {
        permits.put("queue:" + queue, queueSize.applyAsInt(queue));
      }
      return new Limits(permits, limits.rate());
    }
  }

  /** Items that one thread works off, and the permits that are held meanwhile. */
  record Slice(List<ItemStore.Owned> items, List<Permit> permits) {}

  /**
   * What came of a set.
   *
   * @param slices claimed
   * @param more whether more items may be ready
   * @param again when its rate allows more; null if it did not matter
   */
  record Claim(List<Slice> slices, boolean more, @Nullable Instant again) {
    int items() {
      return slices.stream().mapToInt(slice -> slice.items.size()).sum();
    }
  }

  /**
   * What came of sets.
   *
   * @param claims by set; none of sets that are not worked on any more
   * @param held sets that somebody else holds
   */
  record Came(Map<Long, Claim> claims, Set<Long> held) {
    static Came nothing() {
      return new Came(new HashMap<>(), new HashSet<>());
    }

    void add(Came other) {
      claims.putAll(other.claims);
      held.addAll(other.held);
    }
  }

  public ItemClaims(ItemSlots slots) {
    this.slots = slots;
  }

  /**
   * Claims items.
   *
   * @param withMutex the one set of which items with a mutex are claimed too, null for none
   */
  Came claim(Tx tx, RunStore.Claimer claimer, Collection<Wanted> wanted, @Nullable Long withMutex) {
    List<Long> ids = wanted.stream().map(Wanted::set).sorted().toList();
    Set<Long> active = new HashSet<>(sets.shareActiveAndFree(tx.session(), ids));
    Set<Long> held = new HashSet<>(ids);
    held.removeAll(active);
    if (!held.isEmpty()) {
      held.retainAll(sets.active(tx.session(), held));
    }
    List<Wanted> present = wanted.stream().filter(want -> active.contains(want.set)).toList();
    Allowance allowance = Allowance.open(tx, claimer.incarnation(), present);
    Claiming claiming = new Claiming(tx, claimer, allowance);
    Map<Long, Claim> claims = new LinkedHashMap<>();
    for (Wanted want : present) {
      claims.put(want.set, claim(claiming, want, Long.valueOf(want.set).equals(withMutex)));
    }
    allowance.close();
    ItemCounts counts = new ItemCounts();
    claims.forEach(
        (set, claim) ->
            counts.move(
                set, ItemCounts.Counter.INITIALIZED, ItemCounts.Counter.STARTED, claim.items()));
    counts.write(tx.session(), slots.of(tx));
    return new Came(claims, held);
  }

  /** One transaction that claims. */
  private record Claiming(Tx tx, RunStore.Claimer claimer, Allowance allowance) {}

  private Claim claim(Claiming claiming, Wanted want, boolean withMutex) {
    RateWindow rate = claiming.allowance.rate(want);
    int slices = claiming.allowance.slices(want);
    int most = Math.min(want.most, slices * want.items);
    if (rate != null) {
      most = Math.min(most, rate.free());
    }
    List<Slice> claimed = new ArrayList<>();
    boolean more = most == 0;
    if (withMutex && most > 0) {
      // Those without a mutex get their part
      int part = (slices + 1) / 2;
      more = claimMutexes(claiming, want, part, Math.min(most, part * want.items), claimed);
    }
    int plain = Math.min(most - count(claimed), (slices - claimed.size()) * want.items);
    if (plain > 0) {
      List<ItemStore.Owned> items =
          store.claim(
              claiming.tx.session(),
              claiming.claimer,
              new ItemClaimStore.Wanted(want.set, plain, want.passesOver),
              claiming.tx.now());
      for (int from = 0; from < items.size(); from += want.items) {
        int to = Math.min(items.size(), from + want.items);
        claimed.add(new Slice(items.subList(from, to), claiming.allowance.use(want)));
      }
      // Others may have been claiming the same; a short answer says that little is left
      more |= items.size() == plain || items.size() >= MUCH;
    }
    if (rate != null) {
      rate.take(count(claimed), claiming.tx.now());
    }
    return new Claim(claimed, more, rate == null || rate.free() > 0 ? null : rate.nextFree());
  }

  private static int count(List<Slice> slices) {
    return slices.stream().mapToInt(slice -> slice.items.size()).sum();
  }

  /** Items of one mutex go into one slice, one after the other; returns whether more are there. */
  private boolean claimMutexes(
      Claiming claiming, Wanted want, int slices, int most, List<Slice> claimed) {
    List<ItemMutexes.Candidate> found = mutexes.candidates(claiming.tx.session(), want.set, most);
    Map<String, List<ItemMutexes.Candidate>> byMutex = new LinkedHashMap<>();
    for (ItemMutexes.Candidate one : found) {
      if (byMutex.size() < slices || byMutex.containsKey(one.permit())) {
        List<ItemMutexes.Candidate> same =
            byMutex.computeIfAbsent(one.permit(), name -> new ArrayList<>());
        if (same.size() < want.items) {
          same.add(one);
        }
      }
    }
    List<Permit> got =
        permits.takeSingle(
            claiming.tx.session(),
            byMutex.keySet(),
            claiming.claimer.incarnation(),
            claiming.tx.now());
    List<ItemMutexes.Candidate> chosen =
        got.stream()
            .flatMap(permit -> byMutex.getOrDefault(permit.name(), List.of()).stream())
            .toList();
    Map<String, List<ItemStore.Owned>> items = new HashMap<>();
    for (ItemMutexes.Candidate one :
        mutexes.claim(
            claiming.tx.session(), claiming.claimer, chosen, want.passesOver, claiming.tx.now())) {
      items.computeIfAbsent(one.permit(), name -> new ArrayList<>()).add(one.item());
    }
    for (Permit permit : got) {
      List<ItemStore.Owned> of = items.get(permit.name());
      if (of == null) {
        permits.release(claiming.tx.session(), List.of(permit));
      } else {
        List<Permit> all = claiming.allowance.use(want);
        all.add(permit);
        claimed.add(new Slice(of, all));
      }
    }
    return found.size() == most;
  }
}
