package io.synchronik.it.wildfly;

import io.synchronik.it.testkit.WildFly;
import io.synchronik.it.testkit.WildFlyBase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A server with the application, which can be killed and started again. */
final class InvoiceServer {
  private static final String RUNS = "/invoices/runs?invoices=";

  private final WildFlyBase base;
  private final Map<String, String> properties;
  private WildFly process;

  /**
   * Starts it.
   *
   * @param name of the server and of the engine's node
   */
  InvoiceServer(String name, WildFlyBase base) throws IOException {
    this.base = base;
    this.properties =
        Map.of("jboss.node.name", name, "jboss.tx.node.id", name, "synchronik.node", name);
    this.process = WildFly.start(base, properties);
  }

  /** Asks for a run. */
  void run(int invoices) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.uri(RUNS + invoices)).POST(BodyPublishers.noBody()).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("The server answers " + answer.statusCode());
    }
  }

  void kill() {
    process.kill();
  }

  /** Starts it again as it was left, without another word. */
  void restart() throws IOException {
    process = WildFly.start(base, properties);
  }
}
