package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.ProblemJson;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request that changes something must look like. A page of another site can make a browser
 * send a form with the user's credentials, but neither a JSON content type nor a header of its own.
 */
final class BodyRules {
  static final String OWN_HEADER = "X-Synchronik";
  static final String FETCH_SITE = "Sec-Fetch-Site";

  private BodyRules() {}

  /** Checks a request without a body; null when nothing is wrong. */
  static @Nullable ProblemJson withoutBody(boolean ownHeader, @Nullable String fetchSite) {
    return ownHeader || "same-origin".equals(fetchSite)
        ? null
        : ProblemJson.of(
            403,
            "A request without a body needs a header %s (any value) or %s: same-origin"
                .formatted(OWN_HEADER, FETCH_SITE));
  }

  /** Checks a request with a body; null when nothing is wrong. */
  static @Nullable ProblemJson withBody(@Nullable String contentType) {
    return isJson(contentType)
        ? null
        : ProblemJson.of(415, "The body must have the content type application/json");
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int end = contentType.indexOf(';');
    String bare = end < 0 ? contentType : contentType.substring(0, end);
    return bare.trim().toLowerCase(Locale.ROOT).equals("application/json");
  }

  static ProblemJson tooLarge(int limit) {
    return ProblemJson.of(
        413, "The body is larger than %d bytes (synchronik.admin.body-limit)".formatted(limit));
  }
}
