package io.synchronik.sample;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two users, {@code viewer}/{@code viewer} and {@code admin}/{@code admin}. They are the sample's
 * alone, written down here for everybody to read: an application brings its own users and gives
 * them the two roles.
 */
@DeclareRoles({SampleUsers.VIEWER, SampleUsers.ADMIN})
@ApplicationScoped
public class SampleUsers implements IdentityStore {
  /**
   * As with the admin resource, a header of its own, with any value, keeps other sites from sending
   * a logged-in admin's browser to what changes something.
   */
  public static final String OWN_HEADER = "X-Synchronik";

  static final String VIEWER = "synchronik-viewer";
  static final String ADMIN = "synchronik-admin";

  private static final Map<String, Set<String>> ROLES =
      Map.of("viewer", Set.of(VIEWER), "admin", Set.of(VIEWER, ADMIN));

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (!(credential instanceof UsernamePasswordCredential login)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    String name = login.getCaller();
    Set<String> roles = ROLES.get(name);
    return roles != null && login.getPassword().compareTo(name)
        ? new CredentialValidationResult(name, roles)
        : CredentialValidationResult.INVALID_RESULT;
  }

  /**
   * Lets only admins pass.
   *
   * @param header value of the header {@link #OWN_HEADER}, null when there is none
   * @throws NotAuthorizedException if nobody knows who asks
   * @throws ForbiddenException if it is no admin, or the header is missing
   */
  public static void requireAdmin(SecurityContext caller, @Nullable String header) {
    if (caller.getUserPrincipal() == null) {
      throw new NotAuthorizedException(SampleLogin.CHALLENGE);
    }
    if (header == null || !caller.isUserInRole(ADMIN)) {
      throw new ForbiddenException();
    }
  }
}
