package io.synchronik.impl.admin.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who asks and what it may do. */
record Gate(HttpServletRequest servletRequest, HttpServletResponse servletResponse) {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final String TURNED_AWAY = Gate.class.getName();

  Admission admit(ContainerRequestContext request) {
    if (request.getProperty(TURNED_AWAY) != null) {
      return Admission.TURNED_AWAY;
    }
    if (request.getSecurityContext().getUserPrincipal() == null
        && request.getHeaderString(HttpHeaders.AUTHORIZATION) != null) {
      authenticate();
      if (servletResponse.isCommitted() || servletResponse.getStatus() >= 400) {
        request.setProperty(TURNED_AWAY, true);
        return Admission.TURNED_AWAY;
      }
    }
    return Admission.of(request.getSecurityContext(), request.getMethod());
  }

  /**
   * Payara looks at credentials by itself only below a security constraint, and nobody knows our
   * path beforehand. When they are wrong the server answers, with its own challenge.
   */
  private void authenticate() {
    try {
      boolean known = servletRequest.authenticate(servletResponse);
      LOG.debug("The server knows the caller: {}", known);
    } catch (ServletException | IOException | RuntimeException | Error e) {
      LOG.debug("The server does not know the caller", e);
    }
  }
}
