package io.synchronik.impl.admin.run;

import io.synchronik.RunRequest;
import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.RequestJson;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** How a run is asked for over HTTP: a body with fields or none, and perhaps a key in a header. */
public final class RequestedRun {
  public static final String KEY_HEADER = "Idempotency-Key";

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
  public static RunRequest read(InputStream body, @Nullable String header, String caller)
      throws IOException {
    RequestJson json = RequestJson.read(body, "payload", "force", KEY);
    JsonValue payload = json.value("payload");
    return new RunRequest(payload, json.flag("force"), caller, key(json, header));
  }

  private static @Nullable String key(RequestJson json, @Nullable String header) {
    String inHeader = header == null ? null : Parameters.plainText(KEY_HEADER, header, LONGEST_KEY);
    String inBody = json.plainText(KEY, LONGEST_KEY);
    if (inBody == null) {
      return inHeader;
    }
    if (inHeader != null && !inHeader.equals(inBody)) {
      throw ProblemException.badRequest(
          KEY, "is another one than the header %s has".formatted(KEY_HEADER));
    }
    return inBody;
  }
}
