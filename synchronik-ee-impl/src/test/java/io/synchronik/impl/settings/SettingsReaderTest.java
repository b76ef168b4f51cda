package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.run.SynchronikException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

  private static Settings read(Map<String, String> values) {
    return new SettingsReader(new TextConfig(values)).read("shop");
  }

  @Test
  void defaultsAreAsDocumented() {
    Settings settings = read(Map.of());

    assertThat(settings.identity().application()).isEqualTo("shop");
    assertThat(settings.identity().node()).isNotBlank();
    assertThat(settings.identity().version()).isEmpty();
    assertThat(settings.store())
        .isEqualTo(
            new Settings.Store(
                "java:comp/DefaultDataSource", SchemaMode.MIGRATE, Duration.ofMinutes(1)));
    assertThat(settings.pace())
        .isEqualTo(
            new Settings.Pace(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ZERO,
                true));
    assertThat(settings.work().workers())
        .isEqualTo(Math.max(16, 2 * Runtime.getRuntime().availableProcessors()));
    assertThat(settings.work().stopGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.work().transactionTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.work().longRunning()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.history()).isEqualTo(new Settings.History(Duration.ofDays(7), 1000));
    assertThat(settings.payloadLimit()).isEqualTo(65_536);
  }

  @Test
  void valuesAreRead() {
    Settings settings =
        read(
            Map.of(
                "synchronik.application", " bank ",
                "synchronik.node", "one",
                "synchronik.datasource", "java:/jdbc/bank",
                "synchronik.schema", "validate",
                "synchronik.loop-interval", "PT0.5S",
                "synchronik.lease", "6s",
                "synchronik.workers", "3",
                "synchronik.history.runs", "50"));

    assertThat(settings.identity().application()).isEqualTo("bank");
    assertThat(settings.identity().node()).isEqualTo("one");
    assertThat(settings.store())
        .isEqualTo(
            new Settings.Store("java:/jdbc/bank", SchemaMode.VALIDATE, Duration.ofMinutes(1)));
    assertThat(settings.pace().loop()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.pace().lease()).isEqualTo(Duration.ofSeconds(6));
    assertThat(settings.work().workers()).isEqualTo(3);
    assertThat(settings.history().runs()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({
    "synchronik.loop-interval, 49ms",
    "synchronik.loop-interval, 61s",
    "synchronik.watcher-interval, 999ms",
    "synchronik.lease, 2s",
    "synchronik.stats-interval, often",
    "synchronik.workers, 0",
    "synchronik.workers, all",
    "synchronik.stop-grace, 61m",
    "synchronik.transaction-timeout, 10ms",
    "synchronik.long-running, 1ms",
    "synchronik.queue.erp, 0",
    "synchronik.history.retain, 1s",
    "synchronik.history.runs, -1",
    "synchronik.payload-limit, 1",
    "synchronik.schema, guess"
  })
  void wrongValueNamesItsKey(String key, String value) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(SynchronikException.class)
        .hasMessageStartingWith("SYNC-0030 The setting " + key + " has the value '" + value + "'");
  }

  @Test
  void queuesHaveSizes() {
    Settings.Work work =
        read(Map.of("synchronik.queue.\"erp\"", "4", "synchronik.queue.mail", "2")).work();

    assertThat(work.queue("erp")).isEqualTo(4);
    assertThat(work.queue("mail")).isEqualTo(2);
    assertThat(work.queue("another")).isEqualTo(1);
  }

  @Test
  void allThatIsWrongIsTold() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "synchronik.application", "x".repeat(201),
                        "synchronik.workers", "0",
                        "synchronik.loop-interval", "20s")))
        .hasMessageContaining("synchronik.application")
        .hasMessageContaining("synchronik.workers")
        .hasMessageContaining("SYNC-0031");
  }

  @Test
  void keysThatNobodyReadsAreNamedWithTheNearestOne() {
    SettingsReader reader =
        new SettingsReader(
            new TextConfig(
                Map.of(
                    "synchronik.lop-interval", "2s",
                    "synchronik.something.else.altogether", "1",
                    "synchronik.watcher.interval", "3s",
                    "synchronik.queue.erp", "2",
                    "other.key", "1")));
    reader.read("shop");

    assertThat(reader.unknown())
        .containsExactly(
            "SYNC-0154 The setting synchronik.lop-interval is read by nobody;"
                + " is synchronik.loop-interval meant?",
            "SYNC-0154 The setting synchronik.something.else.altogether is read by nobody");
  }

  @Test
  void applicationIsNeeded() {
    assertThatThrownBy(() -> new SettingsReader(new TextConfig(Map.of())).read(""))
        .hasMessageContaining("SYNC-0042");
  }
}
