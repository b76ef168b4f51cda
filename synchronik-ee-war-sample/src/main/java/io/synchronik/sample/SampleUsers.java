package io.synchronik.sample;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Map;
import java.util.Set;

/**
 * Two users, {@code viewer}/{@code viewer} and {@code admin}/{@code admin}. They are the sample's
 * alone, written down here for everybody to read: an application brings its own users and gives
 * them the two roles.
 */
@BasicAuthenticationMechanismDefinition(realmName = "Synchronik sample")
@DeclareRoles({SampleUsers.VIEWER, SampleUsers.ADMIN})
@ApplicationScoped
public class SampleUsers implements IdentityStore {
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
}
