package io.synchronik.impl.item;

import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemStanding;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.run.ItemId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What policies say about sets of items. Each is asked on another thread, one question of a set at
 * a time, and only after items have ended; what it said is known until more have.
 */
final class Policies {
  private static final int MOST_REMEMBERED = 10_000;

  /**
   * What a policy is asked about.
   *
   * @param set the set
   * @param run its run
   * @param worker whose policy it is
   * @param statistics how the items stand
   */
  record About(
      ItemSets.Found set, RunStore.Owned run, RegisteredWorker worker, ItemStatistics statistics) {
    /** Tells whether items have ended since another time, or the last of them has gone. */
    private boolean hasEndedSince(About other) {
      ItemStatistics before = other.statistics;
      return statistics.completed() > before.completed()
          || statistics.failed() > before.failed()
          || statistics.canceled() > before.canceled()
          || statistics.allFinal() != before.allFinal()
          || set.open() != other.set.open();
    }

    /** Tells whether what has happened since another time may well decide the run. */
    private boolean isUrgentSince(About other) {
      return set.state() == ItemSets.State.HELD
          || statistics.failed() > other.statistics.failed()
          || statistics.allFinal() != other.statistics.allFinal()
          || set.open() != other.set.open();
    }
  }

  /**
   * What came of a question.
   *
   * @param standing what was asked about
   * @param decision what the policy said, null when it threw
   * @param thrown null otherwise
   */
  record Said(ItemStanding standing, @Nullable ItemDecision decision, @Nullable Throwable thrown) {}

  /** How a policy is asked. */
  interface Asking {
    CompletableFuture<ItemDecision> ask(About about, ItemStanding standing);
  }

  /** What follows from what a policy said. */
  interface Meaning {
    CompletableFuture<Answer> of(Said said);
  }

  /**
   * What is to be done.
   *
   * @param decided null to go on
   */
  record Answer(ItemRunEnds.@Nullable Decided decided) {}

  /**
   * A question.
   *
   * @param about what it is about
   * @param answer null while nobody has answered
   * @param look what came of the looks at the set since it was asked
   */
  private record Asked(About about, @Nullable Answer answer, Look look) {}

  private enum Look {
    /** There was none yet. */
    NONE,
    /** There was one before the answer: something has happened that is not to wait. */
    EARLY,
    /** The answer was used. */
    USED
  }

  private final Asking asking;
  private final LongConsumer answered;
  private final LongConsumer later;

  // Guarded by this
  private final Map<Long, Asked> asked = new HashMap<>();
  private final Map<Long, List<ItemStanding.Ended>> ended = new HashMap<>();

  /**
   * Creates it.
   *
   * @param asking how they are asked
   * @param answered told of sets about which there is an answer; never blocks
   * @param later told of sets that are to be looked at again in a moment; never blocks
   */
  Policies(Asking asking, LongConsumer answered, LongConsumer later) {
    this.asking = asking;
    this.answered = answered;
    this.later = later;
  }

  /** Remembers for the policy what has ended. */
  synchronized void remember(ItemId item, ItemState state) {
    List<ItemStanding.Ended> of = ended.computeIfAbsent(item.set(), set -> new ArrayList<>());
    if (of.size() < MOST_REMEMBERED) {
      of.add(new ItemStanding.Ended(item, state));
    }
  }

  /**
   * Returns what is to be done about a set, as far as that is known: what is decided, however the
   * items have moved on since, or that the run goes on as they stand. Asks otherwise.
   */
  Optional<Answer> answer(About about, Meaning meaning) {
    long set = about.set.id();
    List<ItemStanding.Ended> since;
    synchronized (this) {
      Asked known = asked.get(set);
      if (known != null) {
        Answer answer = known.answer;
        if (answer == null) {
          asked.put(set, new Asked(known.about, null, Look.EARLY));
          return Optional.empty();
        }
        boolean moved = ended.containsKey(set) || about.hasEndedSince(known.about);
        if (answer.decided != null || !moved) {
          // Items that are tried again may end again
          asked.put(set, new Asked(about, answer, Look.USED));
          return Optional.of(answer);
        }
        if (known.look == Look.NONE && !about.isUrgentSince(known.about)) {
          // While items end all the time, each answer would be the next question
          asked.put(set, new Asked(known.about, answer, Look.USED));
          later.accept(set);
          return Optional.of(answer);
        }
      }
      List<ItemStanding.Ended> some = ended.remove(set);
      since = some == null ? List.of() : some;
      asked.put(set, new Asked(about, null, Look.NONE));
    }
    ItemStanding standing = new ItemStanding(about.statistics, about.set.open(), since);
    var unused =
        asking
            .ask(about, standing)
            .handle((decision, thrown) -> new Said(standing, decision, thrown))
            .thenCompose(meaning::of)
            .whenComplete((answer, stopped) -> answered(about, answer));
    return Optional.empty();
  }

  /** Without an answer the engine stops. */
  private void answered(About about, @Nullable Answer answer) {
    long set = about.set.id();
    synchronized (this) {
      if (answer == null) {
        asked.remove(set);
        return;
      }
      Asked before = asked.get(set);
      asked.put(set, new Asked(about, answer, before == null ? Look.NONE : before.look));
    }
    answered.accept(set);
  }

  /** What was said about a set does not hold any more. */
  synchronized void forgetAnswer(long set) {
    asked.computeIfPresent(set, (id, known) -> known.answer == null ? known : null);
  }

  /** Nothing is to be decided about a set any more. */
  synchronized void forget(long set) {
    forgetAnswer(set);
    ended.remove(set);
  }

  /** Nothing is to be decided about other sets any more. */
  synchronized void forgetAllBut(Collection<Long> sets) {
    asked.entrySet().removeIf(one -> one.getValue().answer != null && !sets.contains(one.getKey()));
  }
}
