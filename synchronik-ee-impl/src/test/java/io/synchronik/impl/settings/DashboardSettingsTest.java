package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.run.SynchronikException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardSettingsTest {
  private static DashboardSettings read(Map<String, String> values) {
    return DashboardSettings.read(new TextConfig(values));
  }

  @Test
  void isOnByDefault() {
    assertThat(read(Map.of())).isEqualTo(new DashboardSettings(true, "", ""));
  }

  @Test
  void readsWhatIsSet() {
    assertThat(
            read(
                Map.of(
                    "synchronik.dashboard", "off",
                    "synchronik.dashboard.api", "/api/synchronik/",
                    "synchronik.dashboard.environment", "production")))
        .isEqualTo(new DashboardSettings(false, "api/synchronik", "production"));
  }

  @ParameterizedTest
  @CsvSource({
    "synchronik.dashboard, yes",
    "synchronik.dashboard.api, https://elsewhere/api",
    "synchronik.dashboard.api, a//b",
    "synchronik.dashboard.environment, <b>",
    "synchronik.dashboard.environment, much longer than thirty characters",
    "synchronik.dashboard.api, \"quoted\""
  })
  void namesWhatIsWrong(String key, String value) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(SynchronikException.class)
        .hasMessageContaining(key);
  }
}
