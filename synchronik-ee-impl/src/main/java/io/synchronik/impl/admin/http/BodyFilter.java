package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.impl.settings.AdminSettings;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request up to its bound and refuses what {@link BodyRules} refuses. */
@Priority(Priorities.ENTITY_CODER)
final class BodyFilter implements ContainerRequestFilter {
  private static final int PART = 8192;
  private static final int MOST_PASSED_OVER = 16 << 20;

  private final AdminSettings settings;

  BodyFilter(AdminSettings settings) {
    this.settings = settings;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    if (Admission.looksOnly(request.getMethod())) {
      return;
    }
    int limit = settings.bodyLimit();
    byte[] body = request.getEntityStream().readNBytes(limit + 1);
    if (body.length > limit) {
      passOver(request.getEntityStream());
    }
    ProblemJson problem = check(request, body.length);
    if (problem != null) {
      request.abortWith(problem.response());
    }
    request.setEntityStream(new ByteArrayInputStream(body));
  }

  /** Some clients see the answer only when they have sent all of their request. */
  private static void passOver(InputStream rest) throws IOException {
    byte[] part = new byte[PART];
    int read = PART;
    for (int passed = 0; read == PART && passed < MOST_PASSED_OVER; passed += read) {
      read = rest.readNBytes(part, 0, PART);
    }
  }

  private @Nullable ProblemJson check(ContainerRequestContext request, int length) {
    if (length == 0) {
      return BodyRules.withoutBody(
          request.getHeaders().containsKey(BodyRules.OWN_HEADER),
          request.getHeaderString(BodyRules.FETCH_SITE));
    }
    if (length > settings.bodyLimit()) {
      return BodyRules.tooLarge(settings.bodyLimit());
    }
    return BodyRules.withBody(request.getHeaderString("Content-Type"));
  }
}
