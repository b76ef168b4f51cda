package io.synchronik.impl.admin.unit;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.JournalEntry;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCancelled;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitMisfired;
import io.synchronik.event.UnitRetried;
import io.synchronik.event.UnitSkipped;
import io.synchronik.event.UnitStarted;
import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.admin.journal.EventJson;
import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.admin.run.RunJson;
import io.synchronik.run.Cause;
import io.synchronik.schedule.Misfire;
import io.synchronik.unit.UnitStatus;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What units, runs and events look like, and what only some may see of them. */
class ViewsTest {
  private static final Sight ALL = new Sight(true, true);
  private static final Sight VIEWER = new Sight(false, true);
  private static final Sight LIST = new Sight(true, false);

  @Test
  void showsAUnitWithTheConfigurationThatPatchTakes() {
    String json =
        RecordJson.write(UnitJson.of(Samples.unit("a:b", UnitStatus.IDLE, Samples.AT), true));

    assertThat(json)
        .startsWith("{\"id\":\"a:b\",\"kind\":\"worker\",\"status\":\"idle\",")
        .contains("\"paused\":false", "\"nextDue\":\"2030-01-31T08:00:00Z\"")
        .contains("\"every\":\"PT15M\",\"mode\":\"fixed-rate\"", "\"maxRetries\":3")
        .contains("\"averageMs\":2.5,\"minMs\":2,\"maxMs\":3,\"totalMs\":5,\"latestMs\":[3,2]")
        .doesNotContain("\"cron\"", "\"timeout\"", "\"pausedBy\"");
  }

  @Test
  void leavesSamplesOutOfLists() {
    assertThat(RecordJson.write(UnitJson.of(Samples.unit("a", UnitStatus.IDLE, Samples.AT), false)))
        .doesNotContain("latestMs");
  }

  @Test
  void showsAdminsAllOfARun() {
    assertThat(RecordJson.write(RunJson.of(Samples.failedRun(), ALL)))
        .isEqualTo(
            """
            {"id":"01RUN","unit":"price-import","state":"failed","cause":"manual",\
            "requestedBy":"kari","submittedAt":"2030-01-31T08:00:00Z",\
            "startedAt":"2030-01-31T08:00:00Z","endedAt":"2030-01-31T08:00:01.500Z",\
            "durationMs":1500,"attempt":4,"node":"node-1",\
            "progress":{"completed":1,"total":4,"percentage":25.0},\
            "failure":{"type":"acme.FeedDown","message":"customer 7 is secret",\
            "stackTrace":"at acme.Feed"},"payload":{"customer":7},"result":[1]}\
            """);
  }

  @Test
  void showsViewersNoPayloadNoResultAndNoErrorText() {
    assertThat(RecordJson.write(RunJson.of(Samples.failedRun(), VIEWER)))
        .contains("\"failure\":{\"type\":\"acme.FeedDown\"}")
        .doesNotContain("customer", "payload", "result", "acme.Feed\"", "stackTrace");
  }

  @Test
  void keepsListsOfRunsSmall() {
    assertThat(RecordJson.write(RunJson.of(Samples.failedRun(), LIST)))
        .contains("customer 7 is secret")
        .doesNotContain("payload", "\"result\"", "stackTrace");
  }

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(
            new UnitStarted(Samples.origin(), Cause.SCHEDULE), "start", "\"cause\":\"schedule\""),
        Arguments.of(
            new UnitCompleted(
                Samples.origin(), Cause.MANUAL, Duration.ofSeconds(2), new Samples.Json("{}")),
            "complete",
            "\"cause\":\"manual\",\"durationMs\":2000,\"result\":{}"),
        Arguments.of(
            new UnitFailed(Samples.origin(), Cause.MANUAL, 4, Samples.failure()),
            "error",
            """
            "cause":"manual","attempts":4,\
            "failure":{"type":"acme.FeedDown","message":"customer 7 is secret"}\
            """),
        Arguments.of(
            new UnitUpdated(Samples.origin(), UpdateReason.STATUS_CHANGE, UnitStatus.ERROR),
            "updated",
            "\"reason\":\"status-change\",\"status\":\"error\""),
        Arguments.of(
            new UnitUpdated(Samples.origin(), UpdateReason.PROGRESS, UnitStatus.RUNNING),
            "updated",
            "\"reason\":\"progress\",\"status\":\"running\""),
        Arguments.of(
            new UnitSkipped(Samples.origin(), Cause.SCHEDULE, "a run is going on"),
            "skip",
            "\"cause\":\"schedule\",\"reason\":\"a run is going on\""),
        Arguments.of(
            new UnitCancelled(Samples.origin(), "cancelled by kari"),
            "cancel",
            "\"reason\":\"cancelled by kari\""),
        Arguments.of(
            new UnitRetried(Samples.origin(), 1, Samples.AT, Samples.failure()),
            "retry",
            "\"attempt\":1,\"nextAttemptAt\":\"2030-01-31T08:00:00Z\",\"failure\":{"),
        Arguments.of(
            new UnitMisfired(Samples.origin(), Samples.AT, 3, Misfire.CATCH_UP),
            "misfire",
            "\"scheduledAt\":\"2030-01-31T08:00:00Z\",\"missed\":3,\"policy\":\"catch-up\""));
  }

  @ParameterizedTest
  @MethodSource("events")
  void showsEventsFlat(SynchronikEvent event, String type, String details) {
    assertThat(RecordJson.write(EventJson.of(new JournalEntry(7, event), LIST)))
        .startsWith(
            """
            {"position":7,"id":"01EVENT","type":"%s","at":"2030-01-31T08:00:00Z",\
            "node":"node-1","unit":"price-import","run":"01RUN",\
            """
                .formatted(type))
        .contains(details);
  }

  @ParameterizedTest
  @MethodSource("events")
  void showsViewersNoErrorTextInEvents(SynchronikEvent event) {
    assertThat(RecordJson.write(EventJson.of(new JournalEntry(7, event), VIEWER)))
        .doesNotContain("secret", "result");
  }

  @Test
  void showsPayloadsOfMilestonesToAdminsOnly() {
    assertThat(RecordJson.write(EventJson.of(Samples.milestone(1), LIST)))
        .endsWith("\"milestone\":\"prices-imported\",\"payload\":7}");
    assertThat(RecordJson.write(EventJson.of(Samples.milestone(1), VIEWER)))
        .endsWith("\"milestone\":\"prices-imported\"}");
  }
}
