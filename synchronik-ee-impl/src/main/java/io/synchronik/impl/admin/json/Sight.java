package io.synchronik.impl.admin.json;

import io.synchronik.run.Payload;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How much is shown.
 *
 * @param payloads whether the caller may see payloads, results and error texts
 * @param detailed whether one thing is shown, not a list
 */
public record Sight(boolean payloads, boolean detailed) {
  public @Nullable JsonValue of(Payload payload) {
    return payloads ? RecordJson.parse(payload.json()) : null;
  }
}
