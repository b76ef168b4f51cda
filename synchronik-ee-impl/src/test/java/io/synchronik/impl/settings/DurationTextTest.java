package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "10s, PT10S",
    "15m, PT15M",
    "2h, PT2H",
    "7d, PT168H",
    "PT15M, PT15M",
    "pt1.5s, PT1.5S",
    "P1D, PT24H",
    "' 10 S ', PT10S"
  })
  void durationsAreRead(String text, String expected) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "10", "10 parsecs", "-5s", "1.5s", "9999999999999d"})
  void othersAreNot(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("ISO-8601");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0ms", "1ms", "1500ms", "1s", "90s", "15m", "1h", "25h", "1d", "700d"})
  void whatIsWrittenIsReadAgain(String text) {
    assertThat(DurationText.write(DurationText.parse(text))).isEqualTo(text);
  }

  @Test
  void theLargestUnitThatFitsIsWritten() {
    assertThat(DurationText.write(Duration.parse("PT120S"))).isEqualTo("2m");
    assertThat(DurationText.write(Duration.parse("PT48H"))).isEqualTo("2d");
    assertThat(DurationText.write(Duration.ofMillis(2001))).isEqualTo("2001ms");
  }
}
