package io.synchronik.impl.admin.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Lets in who has a role, before the body of the request is looked at. */
@Priority(Priorities.AUTHORIZATION)
final class AccessFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private final Gate gate;
  private final Caller caller;

  AccessFilter(Gate gate, Caller caller) {
    this.gate = gate;
    this.caller = caller;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Admission admission = gate.admit(request);
    if (admission.granted()) {
      caller.admit(admission, request.getSecurityContext().getUserPrincipal().getName());
    } else {
      request.abortWith(admission.refusal());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle("Cache-Control", "no-store");
    response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
  }
}
