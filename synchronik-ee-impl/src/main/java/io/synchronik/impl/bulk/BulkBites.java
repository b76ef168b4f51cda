package io.synchronik.impl.bulk;

import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.store.bulk.BulkRest;
import io.synchronik.impl.store.bulk.BulkStore;
import io.synchronik.impl.store.bulk.BulkStore.Bulk;
import io.synchronik.impl.store.bulk.BulkStore.Counts;
import io.synchronik.impl.store.bulk.BulkStore.Standing;
import io.synchronik.impl.tx.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The bites of bulk actions, each in the transaction that also keeps how far its action has come.
 * All have one turn in the order of their keys; what somebody holds is set aside, and has turns
 * until it is free when all others have had theirs.
 */
final class BulkBites {
  /** So long an action is left to who has done its last bite. */
  private static final long TAKEN_SECONDS = 5;

  /** When so many have failed and none was done, the others are left alone. */
  private static final long HOPELESS = 100;

  /** What came of a bite. */
  enum Came {
    /** There may be more to do. */
    MORE,
    /** Somebody holds what is left. */
    HELD,
    /** Nothing is left: it can be ended. */
    OVER,
    /** It has ended, or somebody else is at it. */
    NOTHING
  }

  private final BulkRecords records;
  private final Kinds kinds;
  private final Milestones milestones;
  private final BulkStore store = new BulkStore();
  private final BulkRest rest = new BulkRest();

  BulkBites(BulkRecords records, Kinds kinds, Milestones milestones) {
    this.records = records;
    this.kinds = kinds;
    this.milestones = milestones;
  }

  /** Returns how many have their turn in one transaction. */
  int most(Wanted wanted) {
    return kinds.most(wanted);
  }

  /** Returns those that nobody carries out. */
  List<String> idle(Tx tx) {
    return store.idle(tx.session(), tx.now());
  }

  /** Returns what is wanted; empty when it is not there any more. */
  Optional<Wanted> wanted(Tx tx, String id) {
    return store.find(tx.session(), id).map(records::wanted);
  }

  /** Does it to the next ones, at most so many. */
  Came bite(Tx tx, String id, int most) {
    return turn(tx, id, most, next -> kinds.bite(tx, next.wanted, next.keys));
  }

  /** The next one is held by somebody. */
  Came setAside(Tx tx, String id) {
    return turn(tx, id, 1, next -> new Kind.Bitten(0, 0, 0, null, next.keys, Map.of()));
  }

  /** It could not be done to the next one. */
  Came failed(Tx tx, String id, String failure) {
    return turn(tx, id, 1, next -> new Kind.Bitten(0, 0, 1, failure, List.of(), Map.of()));
  }

  /** Those whose turn it is. */
  private record Next(Bulk bulk, Wanted wanted, List<String> keys) {}

  private Came turn(Tx tx, String id, int most, Function<Next, Kind.Bitten> bite) {
    Bulk bulk = store.lock(tx.session(), id).orElse(null);
    if (bulk == null) {
      return Came.NOTHING;
    }
    if (bulk.cancelBy() != null || isHopeless(bulk.standing().counts())) {
      return Came.OVER;
    }
    Wanted wanted = records.wanted(bulk);
    Standing standing = bulk.standing();
    List<String> keys =
        standing.lastRound()
            ? rest.aside(tx.session(), id, standing.after(), most)
            : kinds.behind(tx, wanted, standing.after(), most);
    if (!keys.isEmpty()) {
      return taken(tx, new Next(bulk, wanted, keys), keys.size() < most, bite);
    }
    if (standing.counts().held() == 0) {
      return Came.OVER;
    }
    advance(tx, id, new Standing("running", standing.counts(), true, "", standing.failure()));
    return standing.lastRound() ? Came.HELD : Came.MORE;
  }

  private static boolean isHopeless(Counts counts) {
    return counts.done() == 0 && counts.failed() >= HOPELESS;
  }

  private Came taken(Tx tx, Next next, boolean last, Function<Next, Kind.Bitten> bite) {
    Bulk bulk = next.bulk;
    Standing standing = bulk.standing();
    Kind.Bitten bitten = bite.apply(next);
    rest.count(tx.session(), bulk.id(), bitten.sets());
    long held = standing.counts().held();
    if (standing.lastRound()) {
      List<String> through = new ArrayList<>(next.keys);
      through.removeAll(bitten.held());
      rest.takeBack(tx.session(), bulk.id(), through);
      held -= through.size();
    } else {
      rest.setAside(tx.session(), bulk.id(), bitten.held());
      held += bitten.held().size();
    }
    Counts counts =
        new Counts(
            standing.counts().done() + bitten.done(),
            standing.counts().skipped() + bitten.skipped(),
            standing.counts().failed() + bitten.failed(),
            held);
    String failure = bitten.failure() == null ? standing.failure() : bitten.failure();
    boolean lastRound = standing.lastRound() || last;
    String after = last ? "" : next.keys.get(next.keys.size() - 1);
    advance(tx, bulk.id(), new Standing("running", counts, lastRound, after, failure));
    boolean stuck = standing.lastRound() && bitten.held().size() == next.keys.size();
    return stuck ? Came.HELD : Came.MORE;
  }

  private void advance(Tx tx, String id, Standing standing) {
    Instant takenUntil = tx.now().plusSeconds(TAKEN_SECONDS);
    store.advance(tx.session(), id, standing, takenUntil);
  }

  /** Ends one of which nothing is left, or that somebody wants to end. */
  void end(Tx tx, String id) {
    store.lock(tx.session(), id).ifPresent(bulk -> end(tx, bulk));
  }

  private void end(Tx tx, Bulk bulk) {
    Standing standing = ended(bulk);
    store.end(tx.session(), bulk.id(), standing, tx.now());
    Wanted wanted = records.wanted(bulk);
    rest.counted(tx.session(), bulk.id()).stream()
        .filter(set -> wanted.isRetry())
        .forEach(set -> kinds.announce(tx, wanted, set.set(), set.done()));
    rest.remove(tx.session(), bulk.id());
    String told = records.text(records.ended(bulk.id(), bulk.order(), standing));
    milestones.add(tx, "bulk:" + standing.state(), told, null, null);
    tx.did(Act.of(Action.BULK_ENDED, Act.Kind.BULK, bulk.id()).to(told));
  }

  /** What has gone before its turn was not found: it counts as what has changed. */
  private static Standing ended(Bulk bulk) {
    Standing standing = bulk.standing();
    Counts counts = standing.counts();
    boolean canceled = bulk.cancelBy() != null;
    boolean hopeless = isHopeless(counts);
    long skipped = counts.skipped();
    if (!canceled && !hopeless) {
      long gone = bulk.order().expected() - counts.done() - counts.failed();
      skipped = Math.max(skipped, gone);
    }
    String state =
        canceled ? "canceled" : counts.done() == 0 && counts.failed() > 0 ? "failed" : "done";
    return new Standing(
        state,
        new Counts(counts.done(), skipped, counts.failed(), 0),
        true,
        "",
        standing.failure());
  }
}
