package io.synchronik.it.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Items that do nothing: how fast a backlog is worked off. The slow ones get fewer items, as it is
 * the rate that counts.
 */
class PlainItemsBenchmark {
  @Test
  void backlog() throws Exception {
    assertThat(ItemRace.run("Items that do nothing", false))
        .allSatisfy(round -> assertThat(round.account().lost()).isZero());
  }
}
