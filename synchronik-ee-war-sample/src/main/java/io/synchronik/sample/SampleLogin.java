package io.synchronik.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * Basic authentication. {@code @BasicAuthenticationMechanismDefinition} is the same in one line,
 * but what stands behind it answers a broken header with 500 and a stack trace.
 */
@ApplicationScoped
public class SampleLogin implements HttpAuthenticationMechanism {
  /** What a 401 asks for; the setting {@code synchronik.admin.challenge} says the same. */
  public static final String CHALLENGE = "Basic realm=\"Synchronik sample\"";

  @Inject IdentityStoreHandler users;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    Optional<CredentialValidationResult> known =
        BasicCredentials.of(request.getHeader("Authorization"))
            .map(given -> users.validate(given.credential()))
            .filter(result -> result.getStatus() == CredentialValidationResult.Status.VALID);
    if (known.isPresent()) {
      return context.notifyContainerAboutLogin(known.get());
    }
    if (!context.isProtected()) {
      return context.doNothing();
    }
    response.setHeader("WWW-Authenticate", CHALLENGE);
    return context.responseUnauthorized();
  }
}
