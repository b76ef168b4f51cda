package io.synchronik.impl.settings.unit;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.worker.ItemLimits;
import io.synchronik.worker.RateLimit;
import java.util.Map;

/** The limits on a worker's items as texts. */
record LimitTexts() {
  private static final String BETWEEN = "/";

  void write(ItemLimits limits, Map<String, String> texts) {
    texts.put("concurrency", Integer.toString(limits.concurrency()));
    texts.put("nodeConcurrency", Integer.toString(limits.nodeConcurrency()));
    String queue = limits.queue();
    texts.put("queue", queue == null ? "" : queue);
    RateLimit rate = limits.rate();
    texts.put(
        "rate", rate == null ? "" : rate.count() + BETWEEN + DurationText.write(rate.period()));
  }

  ItemLimits read(Fields in) {
    return in.checked(
        "concurrency",
        () ->
            new ItemLimits(
                in.get("concurrency", 0, Integer::parseInt),
                in.get("nodeConcurrency", 0, Integer::parseInt),
                in.orNull("queue", queue -> queue),
                in.orNull("rate", LimitTexts::rate)));
  }

  private static RateLimit rate(String text) {
    String[] parts = text.split(BETWEEN, 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "'" + text + "' is no rate: a number, / and a duration, such as 100/1m");
    }
    return new RateLimit(Integer.parseInt(parts[0].trim()), DurationText.parse(parts[1]));
  }
}
