package io.synchronik.sample.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void isAFileInTheServersDataDirectory() {
    assertThat(read(NONE, Map.of("jboss.server.data.dir", "/wf/data", "user.home", "/home/me")))
        .isEqualTo("jdbc:h2:async:/wf/data/sample/synchronik;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0");
    assertThat(read(NONE, Map.of("com.sun.aas.instanceRoot", "C:\\p6\\domain1")))
        .startsWith("jdbc:h2:async:C:/p6/domain1/sample/synchronik;");
    assertThat(read(NONE, Map.of("user.home", "/home/me")))
        .startsWith("jdbc:h2:async:/home/me/.synchronik/sample/synchronik;");
  }

  @Test
  void isWhatTheSettingsSay() {
    var settings =
        Map.of("url", "jdbc:postgresql://db/sample", "user", "sample", "password", "secret");

    DatabaseSettings found = DatabaseSettings.read(settings::get, NONE::get);

    assertThat(found)
        .isEqualTo(new DatabaseSettings("jdbc:postgresql://db/sample", "sample", "secret"));
    assertThat(found.properties())
        .containsEntry("user", "sample")
        .containsEntry("password", "secret");
  }

  @Test
  void needsNoUser() {
    var settings = Map.of("url", "jdbc:postgresql://db/sample?user=me");

    assertThat(DatabaseSettings.read(settings::get, NONE::get).properties()).isEmpty();
  }

  private static String read(Map<String, String> settings, Map<String, String> system) {
    return DatabaseSettings.read(settings::get, system::get).url();
  }
}
