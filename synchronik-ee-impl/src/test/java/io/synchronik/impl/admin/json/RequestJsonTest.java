package io.synchronik.impl.admin.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestJsonTest {
  private static RequestJson read(String body, String... allowed) throws IOException {
    return RequestJson.read(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), allowed);
  }

  private static RequestJson readAny(String body) throws IOException {
    return RequestJson.readAny(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertRefused(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().status()).isEqualTo(400);
              assertThat(thrown.problem().field()).isEqualTo(field);
            });
  }

  @Test
  void takesNoBodyForNoFields() throws IOException {
    RequestJson json = read("", "until", "force");

    assertThat(json.time("until")).isNull();
    assertThat(json.flag("force")).isFalse();
    assertThat(json.value("until")).isNull();
  }

  @Test
  void takesNullForAbsent() throws IOException {
    assertThat(read("{\"until\":null}", "until").time("until")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "1",
        "\"text\"",
        "null",
        "{} {}",
        "{\"a\":1,}",
        "{'a':1}",
        " ",
        "\u0000"
      })
  void refusesWhatIsNotOneObject(String body) {
    assertRefused(() -> read(body, "a"), "body");
  }

  @Test
  void refusesNestingWithoutEnd() {
    String body = "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";

    assertRefused(() -> read(body, "a"), "body");
  }

  @Test
  void namesAnUnknownField() {
    assertRefused(() -> read("{\"untill\":1}", "until"), "untill");
  }

  @Test
  void namesAFieldOfAnotherType() throws IOException {
    RequestJson json = readAny("{\"force\":\"yes\",\"until\":5,\"status\":true}");

    assertRefused(() -> json.flag("force"), "force");
    assertRefused(() -> json.time("until"), "until");
    assertRefused(() -> json.text("status"), "status");
    assertRefused(() -> json.text("absent"), "absent");
  }

  @Test
  void readsTimesWithAnOffsetOnly() throws IOException {
    RequestJson json = readAny("{\"a\":\"2030-01-31T09:00:00+01:00\",\"b\":\"2030-01-31T09:00\"}");

    assertThat(json.time("a")).isEqualTo(Instant.parse("2030-01-31T08:00:00Z"));
    assertRefused(() -> json.time("b"), "b");
  }

  @Test
  void givesSettingsAsTextsAndExpandsNothing() throws IOException {
    RequestJson json =
        readAny("{\"every\":\"${evil:1s}\",\"maxRetries\":3,\"retryFactor\":1.5,\"timeout\":null}");

    assertThat(json.texts())
        .containsExactly(
            entry("every", "${evil:1s}"),
            entry("maxRetries", "3"),
            entry("retryFactor", "1.5"),
            entry("timeout", null));
  }

  @Test
  void doesNotBlowUpNumbers() throws IOException {
    assertThat(readAny("{\"maxRetries\":1e999999999}").texts().get("maxRetries").length())
        .isLessThan(20);
  }

  @Test
  void refusesNestedSettings() throws IOException {
    RequestJson json = readAny("{\"every\":{\"a\":1}}");

    assertRefused(json::texts, "every");
  }

  @Test
  void keepsAPayloadAsItIs() throws IOException {
    JsonValue payload = readAny("{\"payload\":{\"@type\":\"x.Y\",\"n\":[1.50]}}").value("payload");

    assertThat(payload).hasToString("{\"@type\":\"x.Y\",\"n\":[1.50]}");
  }

  @Test
  void readsTimesThatDatabasesHave() throws IOException {
    RequestJson json =
        readAny("{\"a\":\"+100000-01-01T00:00:00Z\",\"b\":\"-0001-01-01T00:00:00Z\"}");

    assertRefused(() -> json.time("a"), "a");
    assertRefused(() -> json.time("b"), "b");
  }

  @Test
  void readsWholeNumbers() throws IOException {
    RequestJson json = readAny("{\"a\":-7,\"b\":null,\"c\":2147483647}");

    assertThat(json.number("a")).isEqualTo(-7);
    assertThat(json.number("b")).isNull();
    assertThat(json.number("absent")).isNull();
    assertThat(json.number("c")).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "2147483648", "1e999999999", "\"1\"", "true", "[]"})
  void refusesWhatIsNoWholeNumber(String number) throws IOException {
    RequestJson json = readAny("{\"priority\":" + number + "}");

    assertRefused(() -> json.number("priority"), "priority");
  }

  @Test
  void boundsTextsThatAreStored() throws IOException {
    RequestJson json =
        readAny("{\"a\":\"why\",\"b\":\" \",\"c\":\"long\",\"d\":\"\\u0000\",\"e\":1}");

    assertThat(json.plainText("a", 3)).isEqualTo("why");
    assertThat(json.plainText("absent", 3)).isNull();
    assertRefused(() -> json.plainText("b", 3), "b");
    assertRefused(() -> json.plainText("c", 3), "c");
    assertRefused(() -> json.plainText("d", 3), "d");
    assertRefused(() -> json.plainText("e", 3), "e");
  }
}
