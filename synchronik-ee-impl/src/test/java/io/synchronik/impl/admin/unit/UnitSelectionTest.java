package io.synchronik.impl.admin.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.UnitQuery;
import io.synchronik.UnitQuery.Order;
import io.synchronik.impl.admin.json.ProblemException;
import org.junit.jupiter.api.Test;

class UnitSelectionTest {
  @Test
  void readsOrders() {
    assertThat(UnitSelection.sort(null)).isEqualTo(new UnitQuery.Sort(Order.ID, false));
    assertThat(UnitSelection.sort("nextDue")).isEqualTo(new UnitQuery.Sort(Order.NEXT_DUE, false));
    assertThat(UnitSelection.sort("-failed")).isEqualTo(new UnitQuery.Sort(Order.FAILED, true));
  }

  @Test
  void refusesAnUnknownOrder() {
    assertThatThrownBy(() -> UnitSelection.sort("colour"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.problem().field()).isEqualTo("sort"));
  }
}
