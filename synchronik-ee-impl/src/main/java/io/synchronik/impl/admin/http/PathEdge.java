package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.impl.settings.AdminSettings;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * What the JAX-RS implementation answers below our path by itself, before any method of ours is
 * found: unknown paths, wrong methods, media types, OPTIONS. It becomes a problem like all others,
 * and nobody without a role gets it. A 401 says what is asked for. Requests to other paths pass
 * untouched.
 */
@Provider
public class PathEdge implements ContainerResponseFilter {
  @Context HttpServletRequest servletRequest;
  @Context HttpServletResponse servletResponse;
  private volatile @Nullable String challenge;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!isOurs(request)) {
      return;
    }
    if (!(response.getEntity() instanceof Answer)) {
      refuseOrExplain(request, response);
    }
    if (response.getStatus() == 401 && response.getEntity() instanceof Answer) {
      response.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, challenge());
    }
  }

  private void refuseOrExplain(ContainerRequestContext request, ContainerResponseContext response) {
    Admission admission = new Gate(servletRequest, servletResponse).admit(request);
    if (admission == Admission.TURNED_AWAY) {
      response.setStatus(401);
      response.setEntity(null);
    } else if (!admission.granted()) {
      response.getHeaders().remove(HttpHeaders.ALLOW);
      answer(response, admission.problem());
    } else if (response.getStatus() >= 400) {
      answer(response, ProblemJson.of(response.getStatus(), detail(response)));
    }
  }

  private String challenge() {
    String found = challenge;
    if (found == null) {
      CDI<Object> beans = CDI.current();
      found =
          LoginChallenge.find(
              beans.select(AdminSettings.class).get(),
              beans.getBeanManager(),
              servletRequest.getServletContext());
      challenge = found;
    }
    return found;
  }

  private static boolean isOurs(ContainerRequestContext request) {
    for (PathSegment segment : request.getUriInfo().getPathSegments()) {
      if (!segment.getPath().isEmpty()) {
        return segment.getPath().equals(AdminResource.ROOT);
      }
    }
    return false;
  }

  private static void answer(ContainerResponseContext response, ProblemJson problem) {
    response.setStatus(problem.status());
    response.setEntity(problem, new Annotation[0], MediaType.valueOf(ProblemJson.MEDIA_TYPE));
  }

  private static @Nullable String detail(ContainerResponseContext response) {
    return switch (response.getStatus()) {
      case 404 -> "There is nothing at this path";
      case 405 -> "Allowed here: " + response.getHeaderString(HttpHeaders.ALLOW);
      case 406 -> "This can be had as application/json, the stream of events as text/event-stream";
      default -> null;
    };
  }
}
