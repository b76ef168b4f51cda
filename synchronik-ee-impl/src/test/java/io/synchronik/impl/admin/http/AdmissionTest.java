package io.synchronik.impl.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private record User(String name, Set<String> roles) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return name == null ? null : () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return roles.contains(role);
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return "BASIC";
    }
  }

  private static final User NOBODY = new User("nobody", Set.of("other"));
  private static final User VIEWER = new User("viewer", Set.of("synchronik-viewer"));
  private static final User ADMIN = new User("admin", Set.of("synchronik-admin"));

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"})
  void adminsMayDoAllAndOthersNothing(String method) {
    assertThat(Admission.of(ADMIN, method)).isEqualTo(Admission.ADMIN);
    assertThat(Admission.of(NOBODY, method)).isEqualTo(Admission.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void viewersMayLook(String method) {
    assertThat(Admission.of(VIEWER, method)).isEqualTo(Admission.VIEWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "get", "ANYTHING"})
  void viewersMayChangeNothing(String method) {
    assertThat(Admission.of(VIEWER, method)).isEqualTo(Admission.REFUSED);
  }

  @Test
  void aRoleWithoutAPrincipalIsNobody() {
    User unknown = new User(null, Set.of("synchronik-admin"));

    assertThat(Admission.of(unknown, "GET")).isEqualTo(Admission.UNKNOWN);
  }

  @Test
  void tellsApartWhoIsUnknownAndWhoIsRefused() {
    assertThat(Admission.UNKNOWN.problem().status()).isEqualTo(401);
    assertThat(Admission.REFUSED.problem().status()).isEqualTo(403);
  }
}
