package io.synchronik.impl.admin;

import io.synchronik.RunRequest;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** How a run is asked for over HTTP: a body with fields or none, and perhaps a key in a header. */
final class RequestedRun {
  static final String KEY_HEADER = "Idempotency-Key";

  private static final String KEY = "key";
  private static final int LONGEST_KEY = 200;

  private RequestedRun() {}

  /**
   * Reads a request.
   *
   * @param body as {@link Bodies.Run} has it, or nothing
   * @param header the header with the key; null when there is none
   * @param caller who asks
   * @throws ProblemException if something is wrong with it, or it has two different keys
   */
  static RunRequest read(InputStream body, @Nullable String header, String caller)
      throws IOException {
    RequestJson json = RequestJson.read(body, "payload", "force", KEY);
    JsonValue payload = json.value("payload");
    return new RunRequest(payload, json.flag("force"), caller, key(json, header));
  }

  private static @Nullable String key(RequestJson json, @Nullable String header) {
    String inHeader = header == null ? null : checked(KEY_HEADER, header);
    if (json.value(KEY) == null) {
      return inHeader;
    }
    String inBody = checked(KEY, json.text(KEY));
    if (inHeader != null && !inHeader.equals(inBody)) {
      throw ProblemException.badRequest(
          KEY, "is another one than the header %s has".formatted(KEY_HEADER));
    }
    return inBody;
  }

  private static String checked(String field, String key) {
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw ProblemException.badRequest(
          field, "must have 1 to %d characters".formatted(LONGEST_KEY));
    }
    // A database may refuse the one with the number 0
    if (key.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.badRequest(field, "must have no control characters");
    }
    return key;
  }
}
