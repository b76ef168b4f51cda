package io.synchronik.impl.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=UTF-8",
        "Application/JSON ; charset=utf-8"
      })
  void takesJson(String contentType) {
    assertThat(BodyRules.withBody(contentType)).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "text/plain;application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=application/json",
        "application/jsonp"
      })
  void refusesWhatAFormCanSend(String contentType) {
    assertThat(BodyRules.withBody(contentType).status()).isEqualTo(415);
  }

  @Test
  void wantsASignOfOurOwnPageWithoutABody() {
    assertThat(BodyRules.withoutBody(true, null)).isNull();
    assertThat(BodyRules.withoutBody(true, "cross-site")).isNull();
    assertThat(BodyRules.withoutBody(false, "same-origin")).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "none", "same-site", "cross-site", "Same-Origin "})
  void refusesAnythingElseWithoutABody(String fetchSite) {
    assertThat(BodyRules.withoutBody(false, fetchSite).status()).isEqualTo(403);
  }

  @Test
  void namesTheLimit() {
    assertThat(BodyRules.tooLarge(65_536).status()).isEqualTo(413);
    assertThat(BodyRules.tooLarge(65_536).detail()).contains("65536");
  }
}
