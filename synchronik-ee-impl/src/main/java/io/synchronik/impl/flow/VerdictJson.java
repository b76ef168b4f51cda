package io.synchronik.impl.flow;

import io.synchronik.impl.tx.Json;
import io.synchronik.process.ProcessResult;
import io.synchronik.process.Verdict;
import io.synchronik.process.WorkerVerdict;
import io.synchronik.run.Failure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run of a process came to as JSON, as its result is stored and announced. */
final class VerdictJson {
  private VerdictJson() {}

  /** Writes the number of each verdict, and all verdicts as long as they fit into a payload. */
  static String write(Json json, ProcessResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      values.put(text(verdict), result.with(verdict).size());
    }
    String counts = json.writeMap(values);
    values.put("verdicts", result.verdicts().stream().map(VerdictJson::values).toList());
    String all = json.writeMap(values);
    return json.fits(all) ? all : counts;
  }

  private static Map<String, @Nullable Object> values(WorkerVerdict verdict) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("worker", verdict.worker().value());
    values.put("verdict", text(verdict.verdict()));
    if (verdict.reason() != null) {
      values.put("reason", verdict.reason());
    }
    values.put("durationMs", verdict.duration().toMillis());
    values.put("attempts", verdict.attempts());
    Failure failure = verdict.failure();
    if (failure != null) {
      values.put("error", failure.type() + ": " + failure.message());
    }
    return values;
  }

  private static String text(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
