package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.run.WrongStateException;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.ConfigPreview;
import io.synchronik.worker.WorkerConfig;
import io.synchronik.worker.WorkerConfigBuilder;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of the configuration at runtime. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ConfigurationIT extends SharedNode {

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.unit.\"configured\".max-retries", "6");
  }

  @Override
  void prepare() {
    register(
        "configured", run -> "done", config -> config.maxRetries(2).timeout(Duration.ofSeconds(5)));
  }

  @Test
  void scheduleIsTakenUpAtOnce() {
    Probe<Instant> ran = new Probe<>();
    register(
        "sped-up",
        run -> {
          ran.accept(run.scheduledAt().orElseThrow());
          return null;
        },
        config -> config.every(Duration.ofDays(1)));
    ran.awaitNext(at -> true);

    manager.updateUnitConfig("sped-up", config -> config.every(Duration.ofMillis(50)));
    ran.awaitCount(4, at -> true, Probe.PATIENCE);

    manager.updateUnitConfig("sped-up", config -> config.schedule(null));
    assertThat(unit("sped-up").nextDue()).isEmpty();
    assertThat(unit("sped-up").workerConfig().schedule()).isNull();
    // A run that takes long lets the next be skipped
    long between = Duration.between(ran.seen().get(1), ran.seen().get(2)).toMillis();
    assertThat(between).isPositive();
    assertThat(between % 50).isZero();
  }

  @Test
  void previewChangesNothingAndTellsAllThatIsWrong() {
    register("foreseen", run -> "done");
    manager.updateUnitConfig("foreseen", Map.of("maxRetries", "2"));
    Map<String, @Nullable String> changes = new HashMap<>();
    changes.put("cron", "0 0 3 * * ?");
    changes.put("zone", "UTC");
    changes.put("maxRetries", null);

    ConfigPreview preview = manager.previewUnitConfig("foreseen", changes);

    assertThat(preview.wrong()).isEmpty();
    assertThat(preview.fields())
        .contains(
            new ConfigPreview.Field("cron", "", "", "0 0 3 * * ?"),
            new ConfigPreview.Field("maxRetries", "0", "2", "0"),
            new ConfigPreview.Field("overlap", "SKIP", "SKIP", "SKIP"));
    assertThat(preview.upcoming())
        .hasSize(10)
        .isSorted()
        .allSatisfy(at -> assertThat(at.toString()).endsWith("T03:00:00Z"));
    assertThat(unit("foreseen").workerConfig().schedule()).isNull();
    assertThat(unit("foreseen").workerConfig().retry().maxRetries()).isEqualTo(2);
    manager.updateUnitConfig("foreseen", changes);
    assertThat(unit("foreseen").timing().upcoming()).isEqualTo(preview.upcoming().subList(0, 5));

    ConfigPreview wrong =
        manager.previewUnitConfig(
            "foreseen", Map.of("cron", "0 0 25 * * ?", "maxRetries", "many", "nothing", "1"));
    assertThat(wrong.wrong())
        .extracting(ConfigPreview.Wrong::field)
        .containsExactlyInAnyOrder("cron", "maxRetries", "nothing");
    assertThat(wrong.wrong()).allSatisfy(one -> assertThat(one.message()).startsWith("SYNC-"));
    assertThat(wrong.upcoming()).isEmpty();
    assertThatThrownBy(() -> manager.previewUnitConfig("unknown", Map.of()))
        .isInstanceOf(UnknownUnitException.class);
  }

  @Test
  void eachChangeIsOneEvent() {
    register("told", run -> "done");

    manager.updateWorkerConfig(
        "told", config -> config.maxRetries(2).timeout(Duration.ofSeconds(9)).maxRuns(3));
    manager.updateUnitConfig("told", UnaryOperator.identity());
    manager.updateUnitConfig("told", Map.of("overlap", "queue"));
    Probe<UnitUpdated> updates = new Probe<>();
    events
        .awaitCount(2, event -> isAbout(UnitUpdated.class, "told", event), Probe.PATIENCE)
        .forEach(event -> updates.accept((UnitUpdated) event));
    RunHandle run = manager.runWorkerById("told");
    allEventsOf(run);

    assertThat(updates.seen())
        .extracting(UnitUpdated::reason)
        .containsExactly(UpdateReason.CONFIG_CHANGE, UpdateReason.CONFIG_CHANGE);
    assertThat(
            events.seen(
                event ->
                    event instanceof UnitUpdated updated
                        && updated.unit().value().equals("told")
                        && updated.reason() == UpdateReason.CONFIG_CHANGE))
        .hasSize(2);
    WorkerConfig config = unit("told").workerConfig();
    assertThat(config.retry().maxRetries()).isEqualTo(2);
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.maxRuns()).isEqualTo(3);
    assertThat(config.overlap()).isEqualTo(Overlap.QUEUE);
  }

  @Test
  void transactionThatTheFunctionLeavesOpenHoldsNothing() throws Exception {
    TransactionManager transactions = node.select(TransactionManager.class);
    register("left-open", run -> "done");

    assertThatThrownBy(
            () ->
                manager.updateUnitConfig(
                    "left-open",
                    config -> {
                      try {
                        Hostile.OPEN_TRANSACTION.act(transactions);
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                      return config.maxRetries(9);
                    }))
        .isInstanceOf(WrongStateException.class)
        .hasMessageContaining("SYNC-0130");

    assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    assertThat(unit("left-open").workerConfig().retry().maxRetries()).isZero();
    manager.updateUnitConfig("left-open", config -> config.maxRetries(2));
    assertThat(unit("left-open").workerConfig().retry().maxRetries()).isEqualTo(2);
  }

  @Test
  void textsAreReadAsTheAnnotationReadsThem() {
    register("by-text", run -> "done", config -> config.maxRetries(4));

    manager.updateUnitConfig(
        "by-text",
        Map.of(
            "cron", "0 0 3 * * ?", "zone", "Europe/Oslo", "retryDelay", "2s", "maxRetries", "1"));

    assertThat(unit("by-text").workerConfig().schedule())
        .isEqualTo(new Schedule.Cron("0 0 3 * * ?", ZoneId.of("Europe/Oslo"), Duration.ZERO));
    assertThat(unit("by-text").workerConfig().retry().delay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(unit("by-text").workerConfig().retry().maxRetries()).isEqualTo(1);
    assertThat(unit("by-text").nextDue()).isPresent();

    manager.updateUnitConfig("by-text", Map.of("every", "10m"));
    assertThat(unit("by-text").workerConfig().schedule()).isInstanceOf(Schedule.Every.class);

    Map<String, @Nullable String> takenBack = new HashMap<>();
    takenBack.put("every", null);
    takenBack.put("maxRetries", null);
    manager.updateUnitConfig("by-text", takenBack);
    assertThat(unit("by-text").workerConfig().schedule()).isNull();
    assertThat(unit("by-text").workerConfig().retry().maxRetries()).isEqualTo(4);
    assertThat(unit("by-text").workerConfig().retry().delay()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void wrongTextChangesNothingAndNamesItsField() {
    register("unchanged", run -> "done");
    WorkerConfig before = unit("unchanged").workerConfig();

    assertRefused(Map.of("maxRetries", "3", "timeout", "soon"), "timeout");
    assertRefused(Map.of("maxRetries", "many"), "maxRetries");
    assertRefused(Map.of("maxRetries", "-1"), "maxRetries");
    assertRefused(Map.of("every", "5ms"), "every");
    assertRefused(Map.of("every", "1s", "jitter", "2s"), "jitter");
    assertRefused(Map.of("every", "${interval:1s}"), "every");
    assertRefused(Map.of("cron", "0 * * * * ?", "jitter", "1m"), "jitter");
    assertRefused(Map.of("cron", "0 0 3 * * ?", "initialDelay", "1m"), "initialDelay");
    assertRefused(Map.of("cron", "@daily"), "cron");
    assertRefused(Map.of("cron", "0 0 3 ? * 2#1,4#2"), "cron");
    assertRefused(Map.of("cron", "0 0 3 * *"), "cron");
    assertRefused(Map.of("cron", "0 0 0 31 2 ?"), "cron");
    assertRefused(Map.of("every", "1s", "cron", "0 0 3 * * ?"), "cron");
    assertRefused(Map.of("zone", "Europe/Nowhere", "cron", "0 0 3 * * ?"), "zone");
    assertRefused(Map.of("misfire", "panic"), "misfire");
    assertRefused(Map.of("overlap", "sometimes"), "overlap");
    assertRefused(Map.of("retryFactor", "0.5"), "retryFactor");
    assertRefused(Map.of("retryDelay", "1s", "retryMaxDelay", "10ms"), "retryMaxDelay");
    assertRefused(Map.of("maxRuns", "-3"), "maxRuns");
    assertRefused(Map.of("colour", "red"), "colour");

    assertThat(unit("unchanged").workerConfig()).isEqualTo(before);
    manager.pause("unchanged");
    assertThat(events.seen(event -> isAbout(UnitUpdated.class, "unchanged", event)))
        .noneMatch(event -> ((UnitUpdated) event).reason() == UpdateReason.CONFIG_CHANGE);
  }

  private void assertRefused(Map<String, String> texts, String field) {
    assertThatThrownBy(() -> manager.updateUnitConfig("unchanged", new HashMap<>(texts)))
        .isInstanceOf(InvalidConfigurationException.class)
        .extracting(e -> ((InvalidConfigurationException) e).field())
        .isEqualTo(field);
  }

  @Test
  void wrongValueOfABuilderNamesItsField() {
    register("built", run -> "done");
    Map<String, UnaryOperator<WorkerConfigBuilder>> wrong =
        Map.of(
            "maxRetries", config -> config.timeout(Duration.ofSeconds(1)).maxRetries(-1),
            "timeout", config -> config.maxRetries(3).timeout(Duration.ZERO),
            "maxRuns", config -> config.maxRuns(-1),
            "every", config -> config.every(Duration.ofMillis(1)),
            "cron", config -> config.cron("every day", ZoneId.of("UTC")),
            "misfireThreshold", config -> config.misfireThreshold(Duration.ofSeconds(-1)));

    wrong.forEach(
        (field, change) ->
            assertThatThrownBy(() -> manager.updateUnitConfig("built", change))
                .isInstanceOf(InvalidConfigurationException.class)
                .extracting(e -> ((InvalidConfigurationException) e).field())
                .isEqualTo(field));

    assertThat(unit("built").workerConfig()).isEqualTo(WorkerConfig.DEFAULT);
  }

  @Test
  void settingsOverrideWhatIsRegistered() {
    assertThat(unit("configured").workerConfig().retry().maxRetries()).isEqualTo(6);
    assertThat(unit("configured").workerConfig().timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void changesBlockNobodyWhileTheyAreMade() throws Exception {
    register("shared", run -> "done", config -> config.overlap(Overlap.ALLOW));
    List<String> called = new CopyOnWriteArrayList<>();

    manager.updateUnitConfig(
        "shared",
        config -> {
          called.add("slow");
          if (called.size() == 1) {
            // Other transactions meanwhile, and a run
            onAnotherThread(() -> manager.updateUnitConfig("shared", other -> other.maxRetries(3)));
            onAnotherThread(() -> manager.pause("shared"));
            onAnotherThread(() -> manager.resume("shared"));
            assertThat(manager.runWorkerById("shared").join(Probe.PATIENCE).state())
                .isEqualTo(RunState.COMPLETED);
          }
          return config.timeout(Duration.ofSeconds(7));
        });

    // Again, upon what came in between
    assertThat(called).hasSize(2);
    assertThat(unit("shared").workerConfig().retry().maxRetries()).isEqualTo(3);
    assertThat(unit("shared").workerConfig().timeout()).isEqualTo(Duration.ofSeconds(7));
  }

  private static void onAnotherThread(Runnable work) {
    assertThat(CompletableFuture.runAsync(work)).succeedsWithin(Probe.PATIENCE);
  }

  @Test
  void changesMeetInsideATransaction() throws Exception {
    register("inside", run -> "done");
    List<Boolean> met = new CopyOnWriteArrayList<>();

    node.inTransaction(
        () -> {
          manager.updateUnitConfig("inside", config -> config.maxRetries(1));
          manager.updateUnitConfig(
              "inside",
              config -> {
                met.add(true);
                return config.timeout(Duration.ofSeconds(8));
              });
        });

    assertThat(met).hasSize(1);
    assertThat(unit("inside").workerConfig().retry().maxRetries()).isEqualTo(1);
    assertThat(unit("inside").workerConfig().timeout()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void changeMadeInsideATransactionMeetsAnother() throws Exception {
    register("crossed", run -> "done");
    List<Boolean> met = new CopyOnWriteArrayList<>();

    node.inTransaction(
        () ->
            manager.updateUnitConfig(
                "crossed",
                config -> {
                  if (met.isEmpty()) {
                    onAnotherThread(
                        () -> manager.updateUnitConfig("crossed", other -> other.maxRetries(2)));
                  }
                  met.add(true);
                  return config.timeout(Duration.ofSeconds(6));
                }));

    assertThat(met).hasSize(2);
    assertThat(unit("crossed").workerConfig().retry().maxRetries()).isEqualTo(2);
    assertThat(unit("crossed").workerConfig().timeout()).isEqualTo(Duration.ofSeconds(6));
  }
}
