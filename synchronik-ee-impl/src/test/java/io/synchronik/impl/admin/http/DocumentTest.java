package io.synchronik.impl.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document that the build wrote. */
class DocumentTest {
  private static JsonObject document;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream file = OpenApiResource.class.getResourceAsStream("openapi.json");
        JsonReader reader = Json.createReader(file)) {
      document = reader.readObject();
    }
  }

  @Test
  void listsWhatProcessesAdd() {
    JsonObject paths = document.getJsonObject("paths");

    assertThat(paths.getJsonObject("/synchronik/units/{id}/graph")).containsKey("get");
    assertThat(paths.getJsonObject("/synchronik/runs/{id}/graph")).containsKey("get");
    assertThat(paths.getJsonObject("/synchronik/runs/{id}/retry")).containsKey("post");
  }

  @Test
  void listsWhatItemsAdd() {
    JsonObject paths = document.getJsonObject("paths");

    assertThat(paths.getJsonObject("/synchronik/runs/{id}/items")).containsKeys("get", "post");
    assertThat(paths.getJsonObject("/synchronik/runs/{id}/items/statistics")).containsKey("get");
    for (String change : List.of("close", "retry")) {
      assertThat(paths.getJsonObject("/synchronik/runs/{id}/items/" + change)).containsKey("post");
    }
    assertThat(paths.getJsonObject("/synchronik/items/{id}")).containsKey("get");
    for (String change : List.of("start", "complete", "fail", "reset", "cancel", "retry")) {
      assertThat(paths.getJsonObject("/synchronik/items/{id}/" + change)).containsKey("post");
    }
  }

  @Test
  void listsWhatFailuresAdd() {
    JsonObject paths = document.getJsonObject("paths");

    assertThat(paths.getJsonObject("/synchronik/failures")).containsKey("get");
    assertThat(paths.getJsonObject("/synchronik/runs/{id}/items/failures")).containsKey("get");
  }

  @Test
  void listsWhatIsDoneToMany() {
    JsonObject paths = document.getJsonObject("paths");

    assertThat(paths.getJsonObject("/synchronik/bulk")).containsKeys("get", "post");
    assertThat(paths.getJsonObject("/synchronik/bulk/{id}")).containsKey("get");
    assertThat(paths.getJsonObject("/synchronik/bulk/{id}/cancel")).containsKey("post");
    assertThat(
            paths
                .getJsonObject("/synchronik/bulk/count")
                .getJsonObject("get")
                .getJsonArray("parameters")
                .getValuesAs(JsonObject.class))
        .extracting(parameter -> parameter.getString("name"))
        .contains("action", "over", "group", "failure");
  }

  @Test
  void tellsThatItemsAreAddedAsAnArray() {
    JsonObject schema =
        document
            .getJsonObject("paths")
            .getJsonObject("/synchronik/runs/{id}/items")
            .getJsonObject("post")
            .getJsonObject("requestBody")
            .getJsonObject("content")
            .getJsonObject("application/json")
            .getJsonObject("schema");

    assertThat(schema.getString("type")).isEqualTo("array");
    assertThat(schema.getJsonObject("items").getString("$ref"))
        .isEqualTo("#/components/schemas/NewItem");
  }

  @Test
  void listsWhatPoolsAdd() {
    JsonObject paths = document.getJsonObject("paths");

    assertThat(paths.getJsonObject("/synchronik/pools")).containsKey("get");
    assertThat(paths.getJsonObject("/synchronik/pools/{name}")).containsKeys("get", "put");
    assertThat(paths.getJsonObject("/synchronik/pools/{name}/simulation")).containsKey("get");
    assertThat(paths.getJsonObject("/synchronik/pools/{name}/tasks")).containsKeys("get", "post");
    assertThat(paths.getJsonObject("/synchronik/pools/{name}/tasks/{id}"))
        .containsKeys("get", "patch");
    assertThat(paths)
        .containsKeys(
            "/synchronik/pools/{name}/tasks/{id}/pause",
            "/synchronik/pools/{name}/tasks/{id}/resume",
            "/synchronik/pools/{name}/tasks/{id}/cancel");
  }

  @Test
  void showsBothConfigurations() {
    JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");

    assertThat(schemas.getJsonObject("Config").getJsonArray("oneOf")).hasSize(2);
    assertThat(schemas.getJsonObject("WorkerConfig").getJsonObject("properties"))
        .containsKeys("maxRetries", "timeout");
    assertThat(schemas.getJsonObject("ProcessConfig").getJsonObject("properties"))
        .containsKeys("isolationDelay", "failurePolicy");
  }
}
