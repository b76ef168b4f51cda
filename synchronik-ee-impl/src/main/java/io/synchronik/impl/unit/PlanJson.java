package io.synchronik.impl.unit;

import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.impl.tx.Json;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans as JSON, as definitions are stored. */
final class PlanJson {
  private PlanJson() {}

  static String write(Json json, NetPlan plan) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("mode", plan.order().mode().name());
    values.put("batchSize", plan.order().batchSize());
    values.put("isolationDelayMs", plan.order().isolationDelay().toMillis());
    values.put("policy", plan.policy().name());
    values.put("workers", plan.workers());
    values.put(
        "links",
        plan.links().stream()
            .map(link -> List.of(link.parent(), link.worker(), link.conditional() ? "?" : ""))
            .toList());
    return json.writeMap(values);
  }

  static NetPlan read(Json json, String text) {
    Map<String, Object> values = json.readMap(text);
    RunOrder order =
        new RunOrder(
            RunMode.valueOf(text(values.get("mode"))),
            (int) number(values.get("batchSize")),
            Duration.ofMillis(number(values.get("isolationDelayMs"))));
    return new NetPlan(
        order,
        FailurePolicy.valueOf(text(values.get("policy"))),
        texts(values.get("workers")),
        list(values.get("links")).stream().map(PlanJson::link).toList());
  }

  private static NetPlan.Link link(Object value) {
    List<String> parts = texts(value);
    return new NetPlan.Link(parts.get(0), parts.get(1), !parts.get(2).isEmpty());
  }

  private static List<String> texts(@Nullable Object value) {
    return list(value).stream().map(PlanJson::text).toList();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
