package io.synchronik.impl.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.store.item.ItemSets;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemStanding;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.run.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PoliciesTest {
  private static final long SET = 7;

  private final List<ItemStanding> asked = new ArrayList<>();
  private final List<CompletableFuture<ItemDecision>> open = new ArrayList<>();
  private final List<Long> answered = new ArrayList<>();
  private final List<Long> later = new ArrayList<>();
  private final Policies policies = new Policies(this::ask, answered::add, later::add);

  private CompletableFuture<ItemDecision> ask(Policies.About about, ItemStanding standing) {
    asked.add(standing);
    open.add(new CompletableFuture<>());
    return open.get(open.size() - 1);
  }

  private Optional<Policies.Answer> look(long completed, long failed) {
    return look(ItemSets.State.ACTIVE, completed, failed);
  }

  private Optional<Policies.Answer> look(ItemSets.State state, long completed, long failed) {
    ItemSets.Entry entry = new ItemSets.Entry(1, true, null, false);
    ItemSets.Found set = new ItemSets.Found(SET, "run", "unit", state, entry, null, 0);
    RunStore.Owned run = new RunStore.Owned("run", "unit", 1, 1, 0, null);
    long left = 10 - completed - failed;
    ItemStatistics statistics = new ItemStatistics(left, 0, completed, failed, 0);
    return policies.answer(
        new Policies.About(set, run, null, statistics),
        said -> CompletableFuture.completedFuture(new Policies.Answer(null)));
  }

  private void goesOn() {
    open.get(open.size() - 1).complete(ItemDecision.CONTINUE);
  }

  @Test
  void asksOneQuestionAtATime() {
    assertThat(look(1, 0)).isEmpty();
    assertThat(look(2, 0)).isEmpty();

    assertThat(asked).hasSize(1);
  }

  @Test
  void doesNotAskAgainWhereNothingEnded() {
    look(1, 0);
    goesOn();

    assertThat(look(1, 0)).isPresent();
    assertThat(look(1, 0)).isPresent();

    assertThat(asked).hasSize(1);
    assertThat(later).isEmpty();
  }

  /** Otherwise a policy is asked without a pause for as long as items end. */
  @Test
  void theLookThatUsesAnAnswerAsksNothing() {
    look(1, 0);
    policies.remember(new ItemId(SET, 2), ItemState.COMPLETED);
    goesOn();
    assertThat(answered).containsExactly(SET);

    assertThat(look(2, 0)).isPresent();

    assertThat(asked).hasSize(1);
    assertThat(later).containsExactly(SET);
    assertThat(look(2, 0)).isEmpty();
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).ended()).extracting(ItemStanding.Ended::id).hasSize(1);
  }

  @Test
  void asksAtOnceWhenTheLastItemHasEnded() {
    look(9, 0);
    goesOn();

    assertThat(look(10, 0)).isEmpty();

    assertThat(asked).hasSize(2);
  }

  @Test
  void asksAtOnceWhenAnItemHasFailed() {
    look(1, 0);
    goesOn();

    assertThat(look(1, 1)).isEmpty();

    assertThat(asked).hasSize(2);
  }

  @Test
  void asksAtOnceAboutASetThatIsHeldForTheAnswer() {
    look(ItemSets.State.HELD, 1, 0);
    goesOn();

    assertThat(look(ItemSets.State.HELD, 2, 0)).isEmpty();

    assertThat(asked).hasSize(2);
  }

  @Test
  void asksAtOnceWhenSomebodyLookedInTheMeantime() {
    look(1, 0);
    look(2, 0);
    goesOn();

    assertThat(look(2, 0)).isEmpty();

    assertThat(asked).hasSize(2);
  }
}
