package io.synchronik.it.browser;

import io.synchronik.it.testkit.Await;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;

/**
 * A run of the sample's billing that has ended: a process with items, some of which have failed.
 *
 * @param run its id
 * @param invoicing the id of the run with the items
 * @param summary the id of the run that sums up, whose logging is kept
 */
record Billed(String run, String invoicing, String summary) {
  static Billed in(SampleServer.Running sample) throws IOException {
    try (Proxy admin = Proxy.of(sample, "admin")) {
      admin.ask("POST", "api/billing/charges", "{}");
      String run =
          object(admin.ask("POST", "api/synchronik/units/billing/runs", "{}")).getString("id");
      Await.until(Browser.PATIENCE, () -> look(admin, run).containsKey("endedAt"));
      JsonObject graph = object(admin.ask("GET", "api/synchronik/runs/" + run + "/graph", ""));
      JsonArray nodes = graph.getJsonArray("nodes");
      return new Billed(
          run, nodes.getJsonObject(0).getString("run"), nodes.getJsonObject(1).getString("run"));
    }
  }

  private static JsonObject look(Proxy proxy, String run) {
    try {
      return object(proxy.ask("GET", "api/synchronik/runs/" + run, ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject object(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
