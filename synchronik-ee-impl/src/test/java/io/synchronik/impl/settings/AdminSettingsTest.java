package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.run.SynchronikException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminSettingsTest {
  private static AdminSettings read(String... keysAndValues) {
    return AdminSettings.read(
        new TextConfig(
            keysAndValues.length == 0 ? Map.of() : Map.of(keysAndValues[0], keysAndValues[1])));
  }

  @Test
  void hasDefaults() {
    assertThat(read())
        .isEqualTo(
            new AdminSettings(
                false,
                false,
                65_536,
                "",
                new AdminSettings.Streams(5, 1000, Duration.ofSeconds(15))));
  }

  @Test
  void letsViewersSeePayloadsWhenToldSo() {
    assertThat(read("synchronik.admin.payloads", "viewer").viewersSeePayloads()).isTrue();
    assertThat(read("synchronik.admin.payloads", "admin").viewersSeePayloads()).isFalse();
  }

  @Test
  void isReadOnlyWhenToldSo() {
    assertThat(read("synchronik.admin.read-only", "true").readOnly()).isTrue();
    assertThat(read("synchronik.admin.read-only", "false").readOnly()).isFalse();
  }

  @Test
  void takesAChallengeAsItIs() {
    assertThat(read("synchronik.admin.challenge", "Basic realm=\"shop\"").challenge())
        .isEqualTo("Basic realm=\"shop\"");
    assertThat(read("synchronik.admin.challenge", "Negotiate").challenge()).isEqualTo("Negotiate");
  }

  @Test
  void readsDurationsInBothForms() {
    assertThat(read("synchronik.admin.stream-heartbeat", "2m").streams().heartbeat())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(read("synchronik.admin.stream-heartbeat", "PT30S").streams().heartbeat())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "synchronik.admin.payloads, everybody",
    "synchronik.admin.read-only, yes",
    "synchronik.admin.body-limit, 10",
    "synchronik.admin.body-limit, many",
    "synchronik.admin.challenge, =",
    "synchronik.admin.challenge, Basic realm=\u00e6",
    "synchronik.admin.streams-per-user, 0",
    "synchronik.admin.stream-backlog, 100001",
    "synchronik.admin.stream-heartbeat, 10ms",
    "synchronik.admin.stream-heartbeat, PT1H1S"
  })
  void namesTheKeyOfABadValue(String key, String value) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(SynchronikException.class)
        .hasMessageContainingAll(key, "'" + value + "'");
  }
}
