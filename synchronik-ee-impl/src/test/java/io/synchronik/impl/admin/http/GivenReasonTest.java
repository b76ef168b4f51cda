package io.synchronik.impl.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.admin.json.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenReasonTest {
  @ParameterizedTest
  @CsvSource({
    "the bank is away, the bank is away",
    "1 + 1 = 2, 1 + 1 = 2",
    "100%25, 100%",
    "%C3%85se%20sier%20det, Åse sier det",
    "' at ends ', at ends"
  })
  void isReadAsItWasMeant(String header, String reason) {
    assertThat(GivenReason.read(header)).isEqualTo(reason);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void mayBeLeftOut(String header) {
    assertThat(GivenReason.read(header)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "%", "%4", "%zz", "%C3", "%00", "%0A", "%20"})
  void mustBeWrittenSo(String header) {
    assertThatThrownBy(() -> GivenReason.read(header)).isInstanceOf(ProblemException.class);
  }

  @Test
  void hasItsBounds() {
    String longest = "å".repeat(500);
    String written = URLEncoder.encode(longest, StandardCharsets.UTF_8);

    assertThat(GivenReason.read(written)).isEqualTo(longest);
    assertThatThrownBy(() -> GivenReason.read(written + "x")).isInstanceOf(ProblemException.class);
  }
}
