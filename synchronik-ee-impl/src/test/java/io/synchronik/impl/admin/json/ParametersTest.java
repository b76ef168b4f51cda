package io.synchronik.impl.admin.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.run.RunState;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private static void assertRefused(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().status()).isEqualTo(400);
              assertThat(thrown.problem().field()).isEqualTo(field);
            });
  }

  @Test
  void readsNumbersWithinTheirRange() {
    assertThat(Parameters.number("limit", null, 50, 1, 1000)).isEqualTo(50);
    assertThat(Parameters.number("limit", " ", 50, 1, 1000)).isEqualTo(50);
    assertThat(Parameters.number("limit", "1000", 50, 1, 1000)).isEqualTo(1000);
    assertThat(Parameters.position("after", "9223372036854775807", 0)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "x", "1.5", "1e3", "99999999999999999999"})
  void refusesOtherNumbers(String text) {
    assertRefused(() -> Parameters.number("limit", text, 50, 1, 1000), "limit");
  }

  @Test
  void readsConstantsRepeatedAndWithCommas() {
    assertThat(
            Parameters.constants(
                RunState.class, "state", List.of("failed, running", "SKIPPED", "")))
        .containsExactly(RunState.RUNNING, RunState.FAILED, RunState.SKIPPED);
    assertThat(Parameters.constants(RunState.class, "state", List.of())).isEmpty();
  }

  @Test
  void tellsWhichConstantsThereAre() {
    assertThatThrownBy(() -> Parameters.constants(RunState.class, "state", List.of("done")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().field()).isEqualTo("state");
              assertThat(thrown.problem().detail()).contains("completed", "failed");
            });
  }

  @Test
  void readsFlagsAndUnitIds() {
    assertThat(Parameters.flag("force", null)).isFalse();
    assertThat(Parameters.flag("force", "true")).isTrue();
    assertRefused(() -> Parameters.flag("force", "1"), "force");
    assertThat(Parameters.unit(null)).isNull();
    assertThat(Parameters.unit("a:b.c-d_e")).isEqualTo("a:b.c-d_e");
    assertRefused(() -> Parameters.unit("a b"), "unit");
  }
}
