package io.synchronik.impl.tx;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.run.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void causesAreKept() {
    Exception thrown =
        new IllegalStateException("top", new UncheckedIOException("middle", new IOException()));

    Failure failure = Failures.of(thrown);

    assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.message())
        .isEqualTo(
            "top; caused by java.io.UncheckedIOException: middle"
                + "; caused by java.io.IOException: ");
    assertThat(failure.stackTrace()).contains("FailuresTest").contains("Caused by");
    assertThat(failure.exception()).containsSame(thrown);
  }

  @Test
  void textsAreBoundedAndHaveNoNul() {
    Failure failure = Failures.of(new IllegalStateException("a\0b" + "x".repeat(20_000)));

    assertThat(failure.message()).hasSize(2000).startsWith("a\uFFFDbx").endsWith("…");
    assertThat(failure.stackTrace()).hasSize(16_000).doesNotContain("\0");
  }

  @Test
  void circleOfCausesEnds() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);

    assertThat(Failures.of(first).message()).startsWith("first; caused by").hasSizeLessThan(2000);
  }

  @Test
  void exceptionWithoutAMessageHasAnEmptyOne() {
    assertThat(Failures.of(new NullPointerException()).message()).isEmpty();
  }
}
