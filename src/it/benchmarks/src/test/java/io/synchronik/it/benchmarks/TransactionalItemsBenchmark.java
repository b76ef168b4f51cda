package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Items that insert one row each, in the transaction of their completion where that can be. Where
 * it cannot, the insert commits first and the completion after it.
 */
class TransactionalItemsBenchmark {
  @Test
  void backlog() throws Exception {
    assertThat(ItemRace.run("Items that insert a row", true))
        .allSatisfy(round -> assertThat(round.account().lost()).isZero());
  }
}
