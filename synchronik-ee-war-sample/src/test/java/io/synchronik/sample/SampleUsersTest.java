package io.synchronik.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import org.junit.jupiter.api.Test;

class SampleUsersTest {
  private final SampleUsers users = new SampleUsers();

  @Test
  void viewerMayOnlyView() {
    assertThat(login("viewer", "viewer").getCallerGroups()).containsExactly("synchronik-viewer");
  }

  @Test
  void adminMayBoth() {
    assertThat(login("admin", "admin").getCallerGroups())
        .containsExactlyInAnyOrder("synchronik-viewer", "synchronik-admin");
  }

  @Test
  void nobodyElseGetsIn() {
    assertThat(login("admin", "viewer").getStatus()).isEqualTo(Status.INVALID);
    assertThat(login("root", "root").getStatus()).isEqualTo(Status.INVALID);
  }

  private CredentialValidationResult login(String name, String password) {
    return users.validate(new UsernamePasswordCredential(name, password));
  }
}
