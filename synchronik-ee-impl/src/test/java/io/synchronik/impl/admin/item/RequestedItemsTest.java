package io.synchronik.impl.admin.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.item.NewItem;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedItemsTest {
  private static List<NewItem<JsonValue>> read(String body) throws IOException {
    return RequestedItems.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertRefused(String body, String field) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().status()).isEqualTo(400);
              assertThat(thrown.problem().field()).isEqualTo(field);
            });
  }

  @Test
  void readsAllFields() throws IOException {
    List<NewItem<JsonValue>> items =
        read(
            """
            [{"payload":{"customer":7},"key":"customer-7","mutex":"account-7","priority":-3,
              "dueAt":"2030-01-31T08:00:00Z","deadline":"2030-01-31T10:00:00+01:00"},
             {}]\
            """);

    assertThat(items).hasSize(2);
    assertThat(items.get(0).payload()).hasToString("{\"customer\":7}");
    assertThat(items.get(0).key()).isEqualTo("customer-7");
    assertThat(items.get(0).mutex()).isEqualTo("account-7");
    assertThat(items.get(0).priority()).isEqualTo(-3);
    assertThat(items.get(0).dueAt()).isEqualTo(Instant.parse("2030-01-31T08:00:00Z"));
    assertThat(items.get(0).deadline()).isEqualTo(Instant.parse("2030-01-31T09:00:00Z"));
    assertThat(items.get(1)).isEqualTo(NewItem.of(null));
  }

  @Test
  void readsNone() throws IOException {
    assertThat(read("[]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "7", "[", "[{}", "[{}] []", "[{},]"})
  void refusesWhatIsNotOneArray(String body) {
    assertRefused(body, "body");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[7]|[0]",
        "[{}, null]|[1]",
        "[{}, {\"paylod\":1}]|[1].paylod",
        "[{}, {\"key\":7}]|[1].key",
        "[{\"key\":\" \"}]|[0].key",
        "[{\"priority\":\"high\"}]|[0].priority",
        "[{\"dueAt\":\"tomorrow\"}]|[0].dueAt",
        "[{\"deadline\":5}]|[0].deadline"
      })
  void namesTheItemAndTheField(String body, String field) {
    assertRefused(body, field);
  }

  @Test
  void boundsKeys() {
    assertRefused("[{\"key\":\"" + "7".repeat(201) + "\"}]", "[0].key");
    assertRefused("[{\"key\":\"\\u0000\"}]", "[0].key");
  }
}
