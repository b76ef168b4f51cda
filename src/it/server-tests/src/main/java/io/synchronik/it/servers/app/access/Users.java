package io.synchronik.it.servers.app.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Map;
import java.util.Set;

/** Three users whose passwords are their names; one of them has no role of the plugin. */
@BasicAuthenticationMechanismDefinition(realmName = "access")
@ApplicationScoped
public class Users implements IdentityStore {
  private static final Map<String, Set<String>> ROLES =
      Map.of(
          "viewer", Set.of("synchronik-viewer"),
          "admin", Set.of("synchronik-admin"),
          "guest", Set.of("guests"));

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (credential instanceof UsernamePasswordCredential login) {
      Set<String> roles = ROLES.get(login.getCaller());
      if (roles != null && login.getPassword().compareTo(login.getCaller())) {
        return new CredentialValidationResult(login.getCaller(), roles);
      }
    }
    return CredentialValidationResult.INVALID_RESULT;
  }
}
