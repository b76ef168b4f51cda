package io.synchronik.impl.admin.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.UnitView;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.unit.UnitStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnitSelectionTest {
  private static final List<UnitView> UNITS =
      List.of(
          Samples.unit("c", UnitStatus.ERROR, Samples.AT.plusSeconds(1)),
          Samples.unit("a", UnitStatus.IDLE, null),
          Samples.unit("b", UnitStatus.IDLE, Samples.AT));

  private static List<String> ids(Set<UnitStatus> statuses, String text, String sort) {
    return new UnitSelection(statuses, Set.of(), text, UnitSelection.order(sort))
        .of(UNITS).stream().map(unit -> unit.id().value()).toList();
  }

  @Test
  void listsAllById() {
    assertThat(ids(Set.of(), "", null)).containsExactly("a", "b", "c");
  }

  @Test
  void narrowsByStatusAndText() {
    assertThat(ids(Set.of(UnitStatus.IDLE), "", null)).containsExactly("a", "b");
    assertThat(ids(Set.of(), " NAME OF c", null)).containsExactly("c");
    assertThat(ids(Set.of(), "what it does", null)).containsExactly("a", "b", "c");
    assertThat(ids(Set.of(UnitStatus.ERROR), "name of a", null)).isEmpty();
  }

  @Test
  void sortsBothWaysWithTheIdBehind() {
    assertThat(ids(Set.of(), "", "-id")).containsExactly("c", "b", "a");
    assertThat(ids(Set.of(), "", "-status")).containsExactly("c", "a", "b");
    assertThat(ids(Set.of(), "", "runs")).containsExactly("a", "b", "c");
  }

  @Test
  void putsUnitsWithoutATimeLast() {
    assertThat(ids(Set.of(), "", "nextDue")).containsExactly("b", "c", "a");
  }

  @Test
  void refusesAnUnknownOrder() {
    assertThatThrownBy(() -> UnitSelection.order("colour"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.problem().field()).isEqualTo("sort"));
  }
}
