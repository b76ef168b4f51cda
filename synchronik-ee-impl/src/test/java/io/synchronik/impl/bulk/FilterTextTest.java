package io.synchronik.impl.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.bulk.BulkFilter;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilterTextTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private static final BulkFilter.Runs ALL_OF_A_UNIT =
      new BulkFilter.Runs(Set.of(), "billing", Set.of(RunState.FAILED), null, null, null);
  private static final BulkFilter.Runs THREE =
      new BulkFilter.Runs(Set.of("a", "b", "c"), null, Set.of(), null, null, null);
  private static final BulkFilter.Runs SINCE =
      new BulkFilter.Runs(Set.of(), null, Set.of(), null, AT, AT.plusSeconds(1));
  private static final BulkFilter.Items ONE =
      new BulkFilter.Items(Set.of(new ItemId(1, 2)), "run", null, null, null);

  @Test
  void whatIsWrittenIsReadAgain() {
    for (BulkFilter filter : List.of(ALL_OF_A_UNIT, THREE, SINCE, ONE)) {
      assertThat(FilterText.read(FilterText.target(filter), FilterText.write(filter)))
          .isEqualTo(filter);
    }
  }

  /** It would choose all where some are meant. */
  @Test
  void aVersionWithoutChoicesByIdOrTimeDoesNotKnowTheWordForThem() {
    assertThat(FilterText.target(ALL_OF_A_UNIT)).isEqualTo("runs");
    assertThat(List.of(THREE, SINCE)).extracting(FilterText::target).containsOnly("some runs");
    assertThat(FilterText.target(ONE)).isEqualTo("some items");
  }

  @Test
  void whatIsNotKnownIsNotPassedOver() {
    assertThatThrownBy(() -> FilterText.read("runs", Map.of("unit", "billing", "tag", "x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("newer version");
    assertThatThrownBy(() -> FilterText.read("lanes", Map.of()))
        .isInstanceOf(IllegalStateException.class);
  }
}
