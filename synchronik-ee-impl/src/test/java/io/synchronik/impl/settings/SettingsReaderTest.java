package io.synchronik.impl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.run.SynchronikException;
import io.synchronik.unit.UnitKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(settings.history())
        .isEqualTo(new Settings.History(Duration.ofDays(7), 1000, Duration.ofDays(400)));
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
  void badValuesOfTheAdminResourceAreToldWithTheOthers() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "synchronik.admin.body-limit", "10",
                        "synchronik.admin.payloads", "everybody",
                        "synchronik.schema", "guess",
                        "synchronik.workers", "all")))
        .hasMessageContainingAll(
            "SYNC-0030 The setting synchronik.admin.body-limit",
            "SYNC-0030 The setting synchronik.admin.payloads",
            "SYNC-0030 The setting synchronik.schema has the value 'guess': must be migrate,"
                + " validate or none",
            "SYNC-0030 The setting synchronik.workers has the value 'all': must be a whole number");
  }

  @Test
  void theQuotedFormOfAQueueWins() {
    Settings.Work work =
        read(Map.of(
                "synchronik.queue.\"erp\"", "4",
                "synchronik.queue.erp", "2",
                "synchronik.queue.mail", "3",
                "synchronik.queue.\"mail\"", "5"))
            .work();

    assertThat(work.queue("erp")).isEqualTo(4);
    assertThat(work.queue("mail")).isEqualTo(5);
  }

  private static List<String> unknown(DeclaredNames declared, String... keys) {
    Map<String, String> values = new HashMap<>();
    for (String key : keys) {
      values.put(key, "2s");
    }
    SettingsReader reader = new SettingsReader(new TextConfig(values));
    try {
      reader.read("shop");
    } catch (SynchronikException e) {
      assertThat(e).hasMessageContaining("2s");
    }
    return reader.unknown(declared);
  }

  @Test
  void keysThatNobodyReadsAreNamedWithTheNearestOne() {
    assertThat(
            unknown(
                new DeclaredNames(Map.of(), Set.of(), Set.of("synchronik.mine")),
                "synchronik.lop-interval",
                "synchronik.something.else.altogether",
                "synchronik.watcher-interval",
                "synchronik.admin.stream-hartbeat",
                "synchronik.admin.streams-per-user",
                "synchronik.mine",
                "other.key"))
        .containsExactly(
            "SYNC-0154 The setting synchronik.admin.stream-hartbeat is read by nobody;"
                + " is synchronik.admin.stream-heartbeat meant?",
            "SYNC-0154 The setting synchronik.lop-interval is read by nobody;"
                + " is synchronik.loop-interval meant?",
            "SYNC-0154 The setting synchronik.something.else.altogether is read by nobody");
  }

  @Test
  void keysOfUnitsAreNamedWithTheNearestOne() {
    DeclaredNames declared =
        new DeclaredNames(
            Map.of(
                "import", UnitSettings.keys(UnitKind.WORKER),
                "import.nightly", UnitSettings.keys(UnitKind.WORKER),
                "month", UnitSettings.keys(UnitKind.PROCESS)),
            Set.of("erp"),
            Set.of());

    assertThat(
            unknown(
                declared,
                "synchronik.unit.\"import\".every",
                "synchronik.unit.import.max-retries",
                "synchronik.unit.import.nightly.enabled",
                "synchronik.unit.\"month\".batch-size",
                "synchronik.queue.\"erp\"",
                "synchronik.queue.erp"))
        .isEmpty();
    assertThat(
            unknown(
                declared,
                "synchronik.unit.\"import\".evry",
                "synchronik.unit.import.nightly.maxRetries",
                "synchronik.unit.\"month\".max-retries",
                "synchronik.unit.imports.every",
                "synchronik.unit.\"another\".every",
                "synchronik.unit.every",
                "synchronik.queue.\"epr\""))
        .containsExactly(
            "SYNC-0178 The setting synchronik.queue.\"epr\" is of a queue that no declared worker"
                + " has; it counts for workers that are registered by a call",
            "SYNC-0177 The setting synchronik.unit.\"another\".every is of no unit that the code"
                + " declares; it counts for one that is registered by a call",
            "SYNC-0154 The setting synchronik.unit.\"import\".evry is read by nobody;"
                + " is synchronik.unit.\"import\".every meant?",
            "SYNC-0154 The setting synchronik.unit.\"month\".max-retries is read by nobody",
            "SYNC-0154 The setting synchronik.unit.every is read by nobody;"
                + " a key of a unit is synchronik.unit.\"<id>\".<name>",
            "SYNC-0154 The setting synchronik.unit.import.nightly.maxRetries is read by nobody;"
                + " is synchronik.unit.\"import.nightly\".max-retries meant?",
            "SYNC-0177 The setting synchronik.unit.imports.every is of no unit that the code"
                + " declares; is synchronik.unit.\"import\".every meant?; it counts for one that is"
                + " registered by a call");
  }

  /** As the environment is told by MicroProfile Config: a name that the key can be read by. */
  @Test
  void namesFromTheEnvironmentAreKnown() {
    DeclaredNames declared =
        new DeclaredNames(
            Map.of("Night-Import", UnitSettings.keys(UnitKind.WORKER)), Set.of(), Set.of());

    assertThat(
            unknown(
                declared,
                "synchronik.watcher.interval",
                "synchronik.watcher-interval",
                "synchronik.unit.\"night.import\".max.retries",
                "synchronik.unit.\"Night-Import\".max-retries"))
        .isEmpty();
    assertThat(unknown(declared, "synchronik.watcher.interval"))
        .containsExactly(
            "SYNC-0154 The setting synchronik.watcher.interval is read by nobody;"
                + " is synchronik.watcher-interval meant?");
  }

  @Test
  void theTableNamesEverySettingAndItsRange() throws IOException {
    SettingsReader reader = new SettingsReader(new TextConfig(Map.of()));
    reader.read("shop");
    Path root =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .filter(directory -> Files.exists(directory.resolve("docs/settings.md")))
            .findFirst()
            .orElseThrow();
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(root.resolve("docs/settings.md"))) {
      Matcher row = Pattern.compile("\\| `(synchronik[^`]*)` \\|(.*)").matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), row.group(2).replaceAll("[ ,]", ""));
      }
    }

    assertThat(reader.ranges()).isNotEmpty();
    reader
        .ranges()
        .forEach(
            (key, range) ->
                assertThat(rows.get(key))
                    .as(key)
                    .isNotNull()
                    .contains(
                        range
                            .replaceAll("\\b0ms\\b", "0")
                            .replaceAll("(\\d)m\\b", "$1min")
                            .replaceAll("\\b1d\\b", "1day")
                            .replaceAll("(\\d)d\\b", "$1days")
                            .replace(" ", "")));
    assertThat(rows.keySet())
        .filteredOn(key -> !key.contains("<"))
        .containsExactlyInAnyOrderElementsOf(reader.ranges().keySet());
  }

  private static Stream<Arguments> ranges() {
    SettingsReader reader = new SettingsReader(new TextConfig(Map.of()));
    reader.read("shop");
    return reader.ranges().entrySet().stream()
        .filter(setting -> setting.getValue().contains(" to "))
        .map(
            setting ->
                Arguments.of(
                    setting.getKey(),
                    setting.getValue().replaceFirst(" to .*", ""),
                    setting.getValue().replaceFirst(".* to ", "")));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void eachRangeIsTakenWithItsBoundsAndNoFurther(String key, String least, String most) {
    for (String value : List.of(least, most)) {
      assertThatCode(() -> read(alone(key, value))).as(value).doesNotThrowAnyException();
    }
    for (String value : List.of(beside(least, -1), beside(most, 1))) {
      assertThatThrownBy(() -> read(alone(key, value)))
          .hasMessageStartingWith("SYNC-0030 The setting " + key + " has the value '" + value);
    }
  }

  /** A lease that goes with the loop's interval. */
  private static Map<String, String> alone(String key, String value) {
    return key.equals("synchronik.loop-interval")
        ? Map.of(key, value, "synchronik.lease", "1h")
        : Map.of(key, value);
  }

  /** Returns what is one less or more, of milliseconds where it is a duration. */
  private static String beside(String bound, int by) {
    return bound.matches("\\d+")
        ? Long.toString(Long.parseLong(bound) + by)
        : DurationText.parse(bound).plusMillis(by).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"synchronik.start-wait", "synchronik.stats-interval", "synchronik.stop-grace"})
  void zeroNeedsNoUnit(String key) {
    assertThatCode(() -> read(Map.of(key, "0"))).doesNotThrowAnyException();
  }

  @Test
  void applicationIsNeeded() {
    assertThatThrownBy(() -> new SettingsReader(new TextConfig(Map.of())).read(""))
        .hasMessageContaining("SYNC-0042");
  }
}
