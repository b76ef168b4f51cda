package io.synchronik.impl.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollbackRulesTest {
  private static final RollbackRules PLAIN = new RollbackRules(List.of(), List.of());

  @Test
  void uncheckedExceptionsAndErrorsRollBack() {
    assertThat(PLAIN.rollsBack(new IllegalStateException())).isTrue();
    assertThat(PLAIN.rollsBack(new StackOverflowError())).isTrue();
    assertThat(PLAIN.rollsBack(new IOException())).isFalse();
    assertThat(PLAIN.rollsBack(new Throwable())).isFalse();
  }

  @Test
  void classesStandForTheirSubclasses() {
    RollbackRules rules =
        new RollbackRules(List.of(IOException.class), List.of(IllegalArgumentException.class));

    assertThat(rules.rollsBack(new FileNotFoundException())).isTrue();
    assertThat(rules.rollsBack(new NumberFormatException())).isFalse();
    assertThat(rules.rollsBack(new Exception())).isFalse();
    assertThat(rules.rollsBack(new IllegalStateException())).isTrue();
  }

  @Test
  void whatDoesNotRollBackGoesFirst() {
    RollbackRules rules =
        new RollbackRules(
            List.of(IOException.class, Error.class),
            List.of(FileNotFoundException.class, Throwable.class));

    assertThat(rules.rollsBack(new FileNotFoundException())).isFalse();
    assertThat(rules.rollsBack(new AssertionError())).isFalse();
  }
}
