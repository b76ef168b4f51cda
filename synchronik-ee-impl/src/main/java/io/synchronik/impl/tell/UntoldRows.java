package io.synchronik.impl.tell;

import io.synchronik.impl.store.event.UntoldStore;
import io.synchronik.impl.tx.Tx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes with the lease how far the node has told its events, so that whoever follows it goes on
 * there. Nothing is written as long as nobody is behind.
 */
public final class UntoldRows {
  private final Announcer announcer;
  private final UntoldStore store = new UntoldStore();

  /** Rows that are there, or may be. */
  private final Map<UntoldStore.Kind, UntoldStore.Rest> written = new HashMap<>();

  private boolean unsure;

  public UntoldRows(Announcer announcer) {
    this.announcer = announcer;
  }

  /**
   * What is to be written.
   *
   * @param standing how far the node has told
   * @param gone rows that are removed before
   * @param isNew whether anything has changed
   */
  public record Plan(Standing standing, Set<UntoldStore.Kind> gone, boolean isNew) {
    /** Returns up to which batch all is told, but for what rows say. */
    public String to() {
      return standing.to();
    }

    /** Returns whether all is told. */
    public boolean isAllTold() {
      return standing.left().isEmpty();
    }
  }

  /**
   * Returns what is to be written now.
   *
   * @param exactly for each unit apart, as the node ends
   */
  public synchronized Plan plan(String incarnation, boolean exactly) {
    Standing standing = announcer.standing(incarnation, exactly);
    boolean same =
        !unsure
            && standing.left().size() == written.size()
            && standing.left().stream().allMatch(rest -> rest.equals(written.get(rest.kind())));
    return new Plan(standing, new HashSet<>(written.keySet()), !same);
  }

  /** Writes it under the lease that the transaction has renewed or ends. */
  public void write(Tx tx, String owner, Plan plan) {
    if (!plan.isNew) {
      return;
    }
    List<UntoldStore.Rest> left = plan.standing.left();
    store.removeIfOwn(tx.session(), owner, plan.gone);
    store.add(tx.session(), owner, left);
    tx.afterCommit(() -> written(plan, left));
    tx.afterRollback(() -> doubtful(left));
  }

  /** Tells whether others go on where rows say; there may be some that this node is not sure of. */
  public boolean isAnyLeft(Tx tx, String owner) {
    return !store.of(tx.session(), owner).isEmpty();
  }

  private synchronized void written(Plan plan, List<UntoldStore.Rest> left) {
    unsure = false;
    written.keySet().removeAll(plan.gone);
    written.putAll(byKind(left));
  }

  private synchronized void doubtful(List<UntoldStore.Rest> left) {
    unsure = true;
    written.putAll(byKind(left));
  }

  private static Map<UntoldStore.Kind, UntoldStore.Rest> byKind(List<UntoldStore.Rest> left) {
    return left.stream().collect(Collectors.toMap(UntoldStore.Rest::kind, Function.identity()));
  }

  /** Takes over what another incarnation has left, as its rows say. */
  public synchronized void inherit(List<UntoldStore.Rest> rests) {
    announcer.inherit(rests);
    written.putAll(byKind(rests));
  }

  /** Others have taken over what this node had taken over. */
  public synchronized void lost() {
    announcer.disinherit();
    written.clear();
    unsure = false;
  }

  /** The node has ended: whoever follows it tells the rest. */
  public synchronized void ended() {
    announcer.forget();
    written.clear();
    unsure = false;
  }
}
