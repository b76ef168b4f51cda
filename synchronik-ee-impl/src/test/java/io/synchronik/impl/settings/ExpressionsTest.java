package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
  private final Map<String, String> values =
      Map.of("interval", "10s", "dollar", "$1 ${interval}", "import.every", "2m");
  private final Expressions expressions =
      new Expressions(key -> Optional.ofNullable(values.get(key)));

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "${interval}, 10s",
    "${interval:1h}, 10s",
    "${missing:1h}, 1h",
    "${missing:}, ''",
    "every ${interval} or ${import.every}, every 10s or 2m",
    "$interval and {interval}, $interval and {interval}",
    "${missing:${interval}}, 10s",
    "${missing:${absent:x}}, x",
    "${missing:${absent:${import.every}}}, 2m",
    "${missing:every ${interval} or ${absent:x}!} end, every 10s or x! end",
    "${interval:${absent}}, 10s",
    "${missing:a:b}, a:b",
    "${missing:{a}}, {a}",
    "${missing:{${interval}:{}}}, {10s:{}}",
    "${missing:${dollar}}, $1 ${interval}",
    "a } b, a } b",
    "$${interval}, $10s"
  })
  void expressionsAreExpanded(String text, String expected) {
    assertThat(expressions.expand(text)).isEqualTo(expected);
  }

  @Test
  void valuesAreNotExpandedAgain() {
    assertThat(expressions.expand("${dollar}")).isEqualTo("$1 ${interval}");
  }

  @ParameterizedTest
  @CsvSource({
    "${interval, '${interval'",
    "a ${missing:{b} c, '${missing:{b} c'",
    "${missing:${interval}, '${missing:${interval}'",
    "${}, '${}'",
    "${:x}, '${:x}'",
    "${${interval}}, '${${interval}}'",
    "${missing:${absent}}, '${absent}'"
  })
  void wrongOneIsNamed(String text, String named) {
    assertThatThrownBy(() -> expressions.expand(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + named + "'");
  }

  @Test
  void missingValueNamesItsExpression() {
    assertThatThrownBy(() -> expressions.expand("a ${missing} b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'${missing}'");
  }
}
