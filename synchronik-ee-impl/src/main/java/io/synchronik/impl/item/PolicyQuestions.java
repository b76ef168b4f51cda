package io.synchronik.impl.item;

import io.synchronik.impl.exec.Questions;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemStanding;
import java.util.concurrent.CompletableFuture;

/** Asks the policies that workers have. */
final class PolicyQuestions implements Policies.Asking {
  private final Questions questions;

  PolicyQuestions(Questions questions) {
    this.questions = questions;
  }

  /** Where nothing has ended there is nothing to ask about. */
  @Override
  public CompletableFuture<ItemDecision> ask(Policies.About about, ItemStanding standing) {
    if (standing.statistics().ended() == 0) {
      return CompletableFuture.completedFuture(ItemDecision.CONTINUE);
    }
    Questions.Question question =
        new Questions.Question(
            about.run().unit(), about.run().id(), "The policy", about.worker().implementation());
    return questions.ask(
        question,
        () -> {
          try (WorkTarget.Opened opened = about.worker().target().open()) {
            return opened.items().policy().decide(standing);
          }
        });
  }
}
