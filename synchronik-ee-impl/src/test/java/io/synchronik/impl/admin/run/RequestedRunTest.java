package io.synchronik.impl.admin.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.impl.admin.json.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedRunTest {
  private static RunRequest read(String body, String header) throws IOException {
    return RequestedRun.read(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), header, "kari");
  }

  private static void assertRefused(String body, String header, String field) {
    assertThatThrownBy(() -> read(body, header))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().status()).isEqualTo(400);
              assertThat(thrown.problem().field()).isEqualTo(field);
            });
  }

  @Test
  void takesNothingForAPlainRun() throws IOException {
    assertThat(read("", null)).isEqualTo(RunRequest.PLAIN.by("kari"));
  }

  @Test
  void readsAllFields() throws IOException {
    RunRequest request = read("{\"payload\":[7],\"force\":true,\"key\":\"order-7\"}", null);

    assertThat(request.payload()).hasToString("[7]");
    assertThat(request.force()).isTrue();
    assertThat(request.requestedBy()).isEqualTo("kari");
    assertThat(request.key()).isEqualTo("order-7");
  }

  @Test
  void takesTheKeyFromTheHeaderAsWell() throws IOException {
    assertThat(read("", "order-7").key()).isEqualTo("order-7");
    assertThat(read("{\"key\":null}", "order-7").key()).isEqualTo("order-7");
    assertThat(read("{\"key\":\"order-7\"}", "order-7").key()).isEqualTo("order-7");
  }

  @Test
  void refusesTwoDifferentKeys() {
    assertRefused("{\"key\":\"order-7\"}", "order-8", "key");
  }

  @Test
  void namesWhereAWrongKeyStands() {
    assertRefused("{\"key\":7}", null, "key");
    assertRefused("{\"key\":\"" + "7".repeat(201) + "\"}", null, "key");
    assertRefused("", "7".repeat(201), "Idempotency-Key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\tb", "\u0000"})
  void refusesKeysThatNobodyMeans(String key) {
    assertRefused("", key, "Idempotency-Key");
  }

  @Test
  void refusesOtherFields() {
    assertRefused("{\"unit\":\"a\"}", null, "unit");
  }
}
