package io.synchronik.impl.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginConfigTest {
  private static Optional<LoginConfig> read(String xml) throws IOException {
    return LoginConfig.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static String login(String method, String realm) {
    return """
    <!DOCTYPE web-app SYSTEM "file:///nowhere.dtd">
    <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee">
      <welcome-file-list><welcome-file>index.html</welcome-file></welcome-file-list>
      <login-config>
        <auth-method> %s </auth-method>
        <realm-name>%s</realm-name>
      </login-config>
    </web-app>
    """
        .formatted(method, realm);
  }

  @ParameterizedTest
  @CsvSource({
    "BASIC, shop, 'Basic realm=\"shop\"'",
    "basic, '', 'Basic realm=\"synchronik\"'",
    "BASIC, 'a\"b', 'Basic realm=\"synchronik\"'",
    "BASIC, '#{users.realm}', 'Basic realm=\"synchronik\"'",
    "BASIC?silent=true, shop, 'Login realm=\"synchronik\"'",
    "FORM, shop, 'Login realm=\"synchronik\"'",
    "DIGEST, shop, 'Login realm=\"synchronik\"'",
    "CLIENT-CERT, shop, 'Login realm=\"synchronik\"'",
    "OIDC, shop, 'Login realm=\"synchronik\"'",
    "MP-JWT, shop, Bearer"
  })
  void saysWhatALoginAsksFor(String method, String realm, String challenge) throws IOException {
    assertThat(read(login(method, realm)).map(LoginConfig::challenge)).contains(challenge);
  }

  @Test
  void thereMayBeNone() throws IOException {
    assertThat(read("<web-app><display-name>BASIC</display-name></web-app>")).isEmpty();
    assertThatThrownBy(() -> read("BASIC")).isInstanceOf(IOException.class);
  }
}
