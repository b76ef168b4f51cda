package io.synchronik.impl.item;

import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.WorkTarget;
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
  }

  /**
   * What came of a question.
   *
   * @param standing what was asked about
   * @param decision what the policy said, null when it threw
   * @param thrown null otherwise
   */
  record Said(ItemStanding standing, @Nullable ItemDecision decision, @Nullable Throwable thrown) {}

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
   */
  private record Asked(About about, @Nullable Answer answer) {}

  private final Questions questions;
  private final LongConsumer answered;

  // Guarded by this
  private final Map<Long, Asked> asked = new HashMap<>();
  private final Map<Long, List<ItemStanding.Ended>> ended = new HashMap<>();

  /**
   * Creates it.
   *
   * @param questions how they are asked
   * @param answered told of sets about which there is an answer; never blocks
   */
  Policies(Questions questions, LongConsumer answered) {
    this.questions = questions;
    this.answered = answered;
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
          return Optional.empty();
        }
        boolean moved = ended.containsKey(set) || about.hasEndedSince(known.about);
        if (answer.decided != null || !moved) {
          // Items that are tried again may end again
          asked.put(set, new Asked(about, answer));
          return Optional.of(answer);
        }
      }
      List<ItemStanding.Ended> some = ended.remove(set);
      since = some == null ? List.of() : some;
      asked.put(set, new Asked(about, null));
    }
    ItemStanding standing = new ItemStanding(about.statistics, about.set.open(), since);
    var unused =
        ask(about, standing)
            .handle((decision, thrown) -> new Said(standing, decision, thrown))
            .thenCompose(meaning::of)
            .whenComplete((answer, stopped) -> answered(about, answer));
    return Optional.empty();
  }

  /** Where nothing has ended there is nothing to ask about. */
  private CompletableFuture<ItemDecision> ask(About about, ItemStanding standing) {
    if (about.statistics.ended() == 0) {
      return CompletableFuture.completedFuture(ItemDecision.CONTINUE);
    }
    Questions.Question question =
        new Questions.Question(
            about.run.unit(), about.run.id(), "The policy", about.worker.implementation());
    return questions.ask(
        question,
        () -> {
          try (WorkTarget.Opened opened = about.worker.target().open()) {
            return opened.items().policy().decide(standing);
          }
        });
  }

  /** Without an answer the engine stops. */
  private void answered(About about, @Nullable Answer answer) {
    long set = about.set.id();
    synchronized (this) {
      if (answer == null) {
        asked.remove(set);
        return;
      }
      asked.put(set, new Asked(about, answer));
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
