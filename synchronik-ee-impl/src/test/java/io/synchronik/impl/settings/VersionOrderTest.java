package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {
  private static final List<String> ASCENDING =
      List.of(
          "",
          "alpha",
          "beta",
          "0.9",
          "1.0-alpha",
          "1.0-beta.2",
          "1.0-beta.11",
          "1.0-rc1",
          "1.0-SNAPSHOT",
          "1.0",
          "1.0.1",
          "1.9",
          "1.10",
          "2",
          "2026.11.29",
          "20261129123456789012345678901234567890");
  private final VersionOrder order = new VersionOrder();

  @Test
  void eachVersionComesBeforeTheNext() {
    for (int i = 0; i < ASCENDING.size(); i++) {
      for (int j = 0; j < ASCENDING.size(); j++) {
        assertThat(Integer.signum(order.compare(ASCENDING.get(i), ASCENDING.get(j))))
            .as("'%s' and '%s'", ASCENDING.get(i), ASCENDING.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void sortingIsTheSameFromAnyBegin() {
    for (int seed = 0; seed < 50; seed++) {
      List<String> versions = new ArrayList<>(ASCENDING);
      Collections.shuffle(versions, new Random(seed));
      versions.sort(order);
      assertThat(versions).isEqualTo(ASCENDING);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "1.0, 1.0.0",
    "1.0-RC1, 1.0-rc1",
    "1_0, 1.0",
    "1.02, 1.2",
    "1.0rc1, 1.0-rc-1"
  })
  void someAreEqual(String left, String right) {
    assertThat(order.compare(left, right)).isZero();
    assertThat(order.compare(right, left)).isZero();
  }
}
