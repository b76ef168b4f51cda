package io.synchronik.impl.admin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.admin.run.RunJson;
import io.synchronik.impl.admin.unit.ProcessConfigJson;
import io.synchronik.impl.admin.unit.Samples;
import io.synchronik.impl.admin.unit.UnitJson;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.ProcessGraph;
import io.synchronik.process.RunOrder;
import io.synchronik.run.Cause;
import io.synchronik.run.RunId;
import io.synchronik.run.RunView;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What processes and their runs look like, and what only some may see of them. */
class ProcessViewsTest {
  private static final Sight ALL = new Sight(true, false);
  private static final Sight VIEWER = new Sight(false, false);

  @Test
  void showsAProcessWithTheConfigurationThatPatchTakes() {
    ProcessConfig config =
        ProcessConfig.DEFAULT.toBuilder()
            .schedule(
                new Schedule.Every(
                    Duration.ofHours(1),
                    IntervalMode.FIXED_DELAY,
                    Duration.ofSeconds(5),
                    Duration.ZERO))
            .order(RunOrder.isolated(Duration.ofMillis(500)))
            .build();

    assertThat(RecordJson.write(UnitJson.of(Samples.process(config), true)))
        .startsWith("{\"id\":\"nightly\",\"kind\":\"process\",\"status\":\"idle\",")
        .contains(
            """
            "config":{"every":"PT1H","intervalMode":"fixed-delay","initialDelay":"PT5S",\
            "jitter":"PT0S","misfire":"fire-once","misfireThreshold":"PT1M","overlap":"skip",\
            "mode":"isolated","batchSize":2,"isolationDelay":"PT0.5S","failurePolicy":"stop",\
            "maxRuns":0}\
            """);
  }

  @Test
  void showsTheCronOfAProcess() {
    ProcessConfig config =
        ProcessConfig.DEFAULT.toBuilder().cron("0 30 1 * * ?", ZoneId.of("Europe/Oslo")).build();

    assertThat(RecordJson.write(ProcessConfigJson.of(config)))
        .startsWith("{\"cron\":\"0 30 1 * * ?\",\"zone\":\"Europe/Oslo\",\"jitter\":\"PT0S\",");
  }

  @Test
  void showsWhatRunsAfterWhat() {
    assertThat(RecordJson.write(GraphJson.of(Samples.failedProcessRun().graph())))
        .isEqualTo(
            """
            {"mode":"graph","failurePolicy":"continue",\
            "nodes":[{"worker":"extract"},{"worker":"validate"},{"worker":"publish"}],\
            "edges":[{"from":"extract","to":"validate","conditional":false},\
            {"from":"validate","to":"publish","conditional":true}]}\
            """);
  }

  @Test
  void showsOnlyWhatTheRunModeUses() {
    List<UnitId> workers = List.of(new UnitId("a"));

    assertThat(graph(RunOrder.batched(3), workers))
        .startsWith("{\"mode\":\"batched\",\"batchSize\":3,\"failurePolicy\":");
    assertThat(graph(RunOrder.isolated(Duration.ofMillis(500)), workers))
        .startsWith("{\"mode\":\"isolated\",\"isolationDelay\":\"PT0.5S\",\"failurePolicy\":");
  }

  private static String graph(RunOrder order, List<UnitId> workers) {
    return RecordJson.write(
        GraphJson.of(new ProcessGraph(order, FailurePolicy.STOP, workers, List.of())));
  }

  @Test
  void showsWhereTheWorkersOfARunStand() {
    assertThat(RecordJson.write(RunGraphJson.of(Samples.failedProcessRun(), ALL)))
        .isEqualTo(
            """
            {"id":"01PROCESS","unit":"nightly","state":"failed","cause":"retry",\
            "startedAt":"2030-01-31T08:00:00Z","endedAt":"2030-01-31T08:00:00.900Z",\
            "durationMs":900,"mode":"graph","failurePolicy":"continue","nodes":[\
            {"worker":"extract","state":"completed","verdict":"completed","run":"01EXTRACT",\
            "attempts":1,"startedAt":"2030-01-31T08:00:00Z",\
            "endedAt":"2030-01-31T08:00:00.200Z","durationMs":200},\
            {"worker":"validate","state":"failed","verdict":"failed","run":"01VALIDATE",\
            "attempts":2,"startedAt":"2030-01-31T08:00:00.200Z",\
            "endedAt":"2030-01-31T08:00:00.900Z","durationMs":700,\
            "failure":{"type":"acme.FeedDown","message":"customer 7 is secret"}},\
            {"worker":"publish","state":"skipped","verdict":"skipped","reason":"validate failed",\
            "attempts":0}],\
            "edges":[{"from":"extract","to":"validate","conditional":false},\
            {"from":"validate","to":"publish","conditional":true}]}\
            """);
  }

  @Test
  void showsViewersNoErrorTextOfAWorker() {
    assertThat(RecordJson.write(RunGraphJson.of(Samples.failedProcessRun(), VIEWER)))
        .contains("\"failure\":{\"type\":\"acme.FeedDown\"}")
        .doesNotContain("secret");
  }

  @Test
  void namesTheRunOfTheProcessInAWorkersRun() {
    RunView alone = Samples.failedRun();
    RunView part =
        new RunView(
            alone.id(),
            alone.unit(),
            alone.state(),
            new RunView.Origin(Cause.PROCESS, new RunId("01PROCESS"), null, new Samples.Json(null)),
            alone.times(),
            alone.execution());

    assertThat(RecordJson.write(RunJson.of(part, ALL)))
        .contains("\"cause\":\"process\",\"process\":\"01PROCESS\",\"submittedAt\"");
  }
}
