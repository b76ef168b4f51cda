package io.synchronik.impl.settings.unit;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.schedule.MisfirePolicy;
import io.synchronik.schedule.Overlap;
import io.synchronik.schedule.Schedule;
import java.util.List;
import java.util.Map;

/** A process's configuration as texts. */
final class ProcessForm implements ConfigForm<ProcessConfig> {
  private static final List<String> NAMES =
      List.of(
          "every",
          "intervalMode",
          "initialDelay",
          "cron",
          "zone",
          "jitter",
          "misfire",
          "misfireThreshold",
          "overlap",
          "mode",
          "batchSize",
          "isolationDelay",
          "failurePolicy",
          "maxRuns");
  private static final ScheduleTexts SCHEDULE = new ScheduleTexts("intervalMode");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public Map<String, String> write(ProcessConfig config) {
    Map<String, String> texts = blank();
    SCHEDULE.write(config, texts);
    RunOrder order = config.order();
    texts.put("mode", order.mode().name());
    texts.put("batchSize", Integer.toString(order.batchSize()));
    texts.put("isolationDelay", DurationText.write(order.isolationDelay()));
    texts.put("failurePolicy", config.failurePolicy().name());
    return texts;
  }

  /** A failure policy that is its run mode's default follows the mode. */
  @Override
  public Map<String, String> merged(ProcessConfig base, Map<String, String> texts) {
    Map<String, String> all = ConfigForm.super.merged(base, texts);
    if (texts.getOrDefault("failurePolicy", "").isBlank()) {
      boolean follows = base.failurePolicy() == FailurePolicy.defaultOf(base.order().mode());
      all.put("failurePolicy", follows ? "" : base.failurePolicy().name());
    }
    return all;
  }

  @Override
  public ProcessConfig read(Fields in) {
    RunOrder order =
        in.checked(
            "mode",
            () ->
                new RunOrder(
                    in.constant("mode", RunMode.SEQUENTIAL),
                    in.get("batchSize", RunOrder.DEFAULT.batchSize(), Integer::parseInt),
                    in.get(
                        "isolationDelay", RunOrder.DEFAULT.isolationDelay(), DurationText::parse)));
    FailurePolicy policy = in.constant("failurePolicy", FailurePolicy.defaultOf(order.mode()));
    MisfirePolicy misfire = ScheduleTexts.misfire(in);
    Overlap overlap = ScheduleTexts.overlap(in);
    Schedule schedule = SCHEDULE.schedule(in);
    long maxRuns = ScheduleTexts.maxRuns(in);
    return in.checked(
        "maxRuns", () -> new ProcessConfig(schedule, misfire, overlap, order, policy, maxRuns));
  }
}
