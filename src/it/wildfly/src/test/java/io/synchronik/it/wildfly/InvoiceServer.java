package io.synchronik.it.wildfly;

import io.synchronik.it.testkit.WildFly;
import io.synchronik.it.testkit.WildFlyBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A server with the application, which can be killed and started again. */
final class InvoiceServer {
  private static final String RUNS = "/invoices/runs";

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

  /** Asks for a run; returns its id. */
  String run(int invoices) {
    return post("?invoices=" + invoices);
  }

  /** Adds invoices to a run. */
  void add(String run, int after, int to) {
    post("/more?run=%s&after=%d&to=%d".formatted(run, after, to));
  }

  /** Lets a run end with the invoices that it has. */
  void close(String run) {
    post("/close?run=" + run);
  }

  private String post(String what) {
    HttpRequest request =
        HttpRequest.newBuilder(base.uri(RUNS + what)).POST(BodyPublishers.noBody()).build();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            "The server answers %d to %s: %s".formatted(answer.statusCode(), what, answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(what, e);
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
