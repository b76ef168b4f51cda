package io.synchronik.impl.exec;

import io.synchronik.impl.store.jdbc.DatabaseAway;
import io.synchronik.impl.store.jdbc.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread that works something off in batches. Its members are keys: however often one is offered
 * while it waits, it is worked off once. What somebody else holds is put aside, tried again soon
 * and then less and less often, and the others go on. When a batch fails, whatever is thrown, its
 * members are tried one by one, and those that fail alone are put aside in the same way. An outage
 * of the database is no member's fault: all of them are put aside together.
 */
public final class Lane<K> {
  private static final Logger LOG = System.getLogger(Lane.class.getName());

  /** Works members off. */
  @FunctionalInterface
  public interface Work<K> {
    /** Returns members that somebody else holds, also others than those that were given. */
    Collection<K> workOff(List<K> members);
  }

  /**
   * How a lane stands.
   *
   * @param name what it does
   * @param waiting members
   * @param aside of those, put aside
   * @param inWork members that are being worked off
   * @param oldest since when the oldest of all these is there
   */
  public record Standing(String name, int waiting, int aside, int inWork, Duration oldest) {}

  private final String name;
  private final int batch;
  private final Work<K> work;
  private final LaneMembers<K> members;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private boolean outage;

  private Lane(String name, int batch, Work<K> work, LaneMembers<K> members) {
    this.name = name;
    this.batch = batch;
    this.work = work;
    this.members = members;
  }

  /**
   * Returns a lane of keys.
   *
   * @param batch so many are worked off at once at most
   * @param most so many wait at most; further ones are not taken, and must be found again
   */
  public static <K> Lane<K> ofKeys(String name, int batch, int most, Work<K> work) {
    return new Lane<>(name, batch, work, new LaneMembers<>(new HashMap<>(), most));
  }

  /** Returns a lane of things that are all different, in their order, as many as there are. */
  public static <K> Lane<K> ofThings(String name, int batch, Work<K> work) {
    return new Lane<>(
        name, batch, work, new LaneMembers<>(new IdentityHashMap<>(), Integer.MAX_VALUE));
  }

  /** Work that nobody else can hold. */
  public static <K> Work<K> freely(Consumer<List<K>> work) {
    return members -> {
      work.accept(members);
      return List.of();
    };
  }

  /** Adds a member unless it waits already; returns false when there is no room for it. */
  public boolean offer(K member) {
    return members.offer(member);
  }

  /** Tells whether a member is aside. */
  public boolean isAside(K member) {
    return members.isAside(member);
  }

  /** Returns what is aside. */
  public List<K> aside() {
    return members.aside();
  }

  Standing standing() {
    return members.standing(name);
  }

  /** The body of the lane's thread. */
  void work() {
    thread = Thread.currentThread();
    try {
      List<LaneMembers.Member<K>> taken = members.take(batch);
      while (!taken.isEmpty()) {
        contained(taken);
        taken = members.take(batch);
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "{0} was interrupted and ends", name);
    } finally {
      thread = null;
      ended.countDown();
    }
  }

  private void contained(List<LaneMembers.Member<K>> taken) {
    try {
      handle(taken);
    } catch (Throwable e) {
      // Not even telling of a failure was possible: memory is short
      members.putAside(taken, LaneMembers.Why.OUTAGE);
    }
  }

  private void handle(List<LaneMembers.Member<K>> taken) {
    Throwable failure = failure(taken);
    if (failure == null || isPutAside(taken, failure)) {
      return;
    }
    LOG.log(Level.DEBUG, () -> name + " failed for a batch and is tried one by one", failure);
    for (int i = 0; i < taken.size(); i++) {
      Throwable alone = failure(taken.subList(i, i + 1));
      if (alone != null && isOutage(alone)) {
        // It will be there for the others too
        isPutAside(new ArrayList<>(taken.subList(i, taken.size())), alone);
        return;
      }
      if (alone != null) {
        isPutAside(taken.subList(i, i + 1), alone);
      }
    }
  }

  private @Nullable Throwable failure(List<LaneMembers.Member<K>> taken) {
    try {
      Collection<K> held = work.workOff(taken.stream().map(LaneMembers.Member::key).toList());
      giveUp(members.putHeldAside(taken, held));
      outage = false;
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private boolean isPutAside(List<LaneMembers.Member<K>> taken, Throwable failure) {
    if (isOutage(failure)) {
      // That the database is away is told for all together
      boolean told = outage || StoreException.isUnreachable(failure);
      report(!told, name + " failed and is tried again", failure);
      outage |= !told;
      // Who waited for the database in vain does so again
      LaneMembers.Why why =
          failure instanceof DatabaseAway ? LaneMembers.Why.AWAY : LaneMembers.Why.OUTAGE;
      giveUp(members.putAside(taken, why));
      return true;
    }
    if (taken.size() > 1) {
      return false;
    }
    if (isLocked(failure)) {
      giveUp(members.putAside(taken, LaneMembers.Why.HELD));
      return true;
    }
    LaneMembers.Member<K> member = taken.get(0);
    report(
        member.why() != LaneMembers.Why.FAULT,
        name + " failed for one alone, which is tried again: " + member.key(),
        failure);
    giveUp(members.putAside(taken, LaneMembers.Why.FAULT));
    return true;
  }

  private static boolean isLocked(Throwable failure) {
    return failure instanceof Exception && StoreException.isLocked(failure);
  }

  private static boolean isOutage(Throwable failure) {
    return failure instanceof Exception && StoreException.isOutage(failure);
  }

  private void giveUp(int left) {
    if (left > 0) {
      LOG.log(Level.WARNING, "{0} gave up at the stop: {1} left", name, left);
    }
  }

  private static void report(boolean first, String what, Throwable failure) {
    LOG.log(first ? Level.WARNING : Level.DEBUG, what, failure);
  }

  /**
   * Lets the thread end when all is worked off, what is aside in one more turn, and interrupts it
   * when that takes too long; returns whether it ended in time.
   */
  public boolean close(Duration atMost) {
    members.close();
    try {
      boolean inTime = ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
      Thread left = thread;
      if (!inTime && left != null) {
        left.interrupt();
      }
      return inTime;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
