package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.ProblemJson;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Lets in who has a role, before the body of the request is looked at. */
@Priority(Priorities.AUTHORIZATION)
final class AccessFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final ProblemJson READ_ONLY =
      ProblemJson.of(403, "Nothing can be changed here: synchronik.admin.read-only is true");

  private final Gate gate;
  private final Caller caller;
  private final boolean readOnly;

  AccessFilter(Gate gate, Caller caller, boolean readOnly) {
    this.gate = gate;
    this.caller = caller;
    this.readOnly = readOnly;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Admission admission = gate.admit(request);
    if (admission.granted() && readOnly && !Admission.looksOnly(request.getMethod())) {
      request.abortWith(READ_ONLY.response());
    } else if (admission.granted()) {
      caller.admit(admission, request.getSecurityContext().getUserPrincipal().getName());
      asked(request);
    } else {
      request.abortWith(admission.refusal());
    }
  }

  private void asked(ContainerRequestContext request) {
    try {
      String reason = GivenReason.read(request.getHeaderString(GivenReason.HEADER));
      caller.asks(gate.servletRequest().getRemoteAddr(), reason);
    } catch (ProblemException e) {
      request.abortWith(e.problem().response());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle("Cache-Control", "no-store");
    response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
  }
}
