package io.synchronik.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {
  private static String header(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"anna, secret", "anna, se:cret", "anna, ''", "'', secret", "åse, blåbær"})
  void readsNameAndPassword(String name, String password) {
    assertThat(BasicCredentials.of(header(name + ":" + password)))
        .contains(new BasicCredentials(name, password));
  }

  @Test
  void theSchemeMayBeWrittenAnyWay() {
    assertThat(BasicCredentials.of(header("a:b").replace("Basic", "bAsIC")))
        .contains(new BasicCredentials("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic %%%",
        "Basic dmlld2VyO",
        "Basic dmlld2Vy",
        "Bearer x"
      })
  void aBrokenHeaderHasNone(String header) {
    assertThat(BasicCredentials.of(header)).isEmpty();
    assertThat(BasicCredentials.of(null)).isEmpty();
  }
}
