package io.synchronik.impl.settings.unit;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import io.synchronik.worker.ItemLimits;
import io.synchronik.worker.NodeLoss;
import io.synchronik.worker.RetryPolicy;
import io.synchronik.worker.WorkerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A worker's configuration as texts. */
final class WorkerForm implements ConfigForm<WorkerConfig> {
  private static final List<String> NAMES =
      List.of(
          "every",
          "mode",
          "initialDelay",
          "cron",
          "zone",
          "jitter",
          "misfire",
          "misfireThreshold",
          "overlap",
          "maxRetries",
          "retryDelay",
          "retryFactor",
          "retryMaxDelay",
          "retryJitter",
          "onNodeLoss",
          "timeout",
          "maxRuns",
          "concurrency",
          "nodeConcurrency",
          "queue",
          "rate",
          "uniqueFor");
  private static final ScheduleTexts SCHEDULE = new ScheduleTexts("mode");
  private static final LimitTexts LIMITS = new LimitTexts();

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public Map<String, String> write(WorkerConfig config) {
    Map<String, String> texts = blank();
    SCHEDULE.write(config, texts);
    RetryPolicy retry = config.retry();
    texts.put("maxRetries", Integer.toString(retry.maxRetries()));
    texts.put("retryDelay", DurationText.write(retry.delay()));
    texts.put("retryFactor", Double.toString(retry.factor()));
    texts.put("retryMaxDelay", DurationText.write(retry.maxDelay()));
    texts.put("retryJitter", Double.toString(retry.jitter()));
    texts.put("onNodeLoss", retry.onNodeLoss().name());
    Duration timeout = config.timeout();
    texts.put("timeout", timeout == null ? "" : DurationText.write(timeout));
    LIMITS.write(config.limits(), texts);
    Duration uniqueFor = config.uniqueFor();
    texts.put("uniqueFor", uniqueFor == null ? "" : DurationText.write(uniqueFor));
    return texts;
  }

  @Override
  public WorkerConfig read(Fields in) {
    RetryPolicy retry =
        in.checked(
            "maxRetries",
            () ->
                new RetryPolicy(
                    in.get("maxRetries", 0, Integer::parseInt),
                    in.get("retryDelay", Duration.ZERO, DurationText::parse),
                    in.get("retryFactor", 1.0, Double::parseDouble),
                    in.get("retryMaxDelay", Duration.ofHours(1), DurationText::parse),
                    in.get("retryJitter", 0.0, Double::parseDouble),
                    in.constant("onNodeLoss", NodeLoss.RETRY)));
    MisfirePolicy misfire = ScheduleTexts.misfire(in);
    Overlap overlap = ScheduleTexts.overlap(in);
    Schedule schedule = SCHEDULE.schedule(in);
    Duration timeout = in.orNull("timeout", DurationText::parse);
    long maxRuns = ScheduleTexts.maxRuns(in);
    ItemLimits limits = LIMITS.read(in);
    Duration uniqueFor = in.orNull("uniqueFor", DurationText::parse);
    return in.checked(
        "maxRuns",
        () ->
            new WorkerConfig(
                schedule, misfire, overlap, retry, timeout, maxRuns, limits, uniqueFor));
  }
}
