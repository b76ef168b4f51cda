package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.synchronik.it.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests of the page's own modules, which are written as they are. */
class ModulesIT {
  private static final String PAGE =
      """
      <!doctype html><title>Tests</title><main><h1>Tests</h1></main>
      <script src="mocha.js"></script>
      <script>mocha.setup({ ui: "bdd", reporter: "min" });</script>
      <script type="module">
        import "./tests.js";
        const failures = [];
        mocha.run()
          .on("fail", (test, problem) => failures.push(`${test.fullTitle()}: ${problem.message}`))
          .on("end", function () {
            window.result = { passed: this.stats.passes, failures };
          });
      </script>
      """;

  @Test
  @SuppressWarnings("unchecked")
  void theirTestsPass() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
    serve(server, "/", "text/html", PAGE.getBytes(StandardCharsets.UTF_8));
    serve(server, "/mocha.js", "text/javascript", file("mocha"));
    serve(server, "/tests.js", "text/javascript", file("modules"));
    server.start();
    try (Browser browser = Browser.open()) {
      browser.show("http://localhost:" + server.getAddress().getPort() + "/");
      browser.until("result", () -> browser.value("return !!window.result").equals(true));

      assertThat((List<String>) browser.value("return window.result.failures")).isEmpty();
      assertThat((Long) browser.value("return window.result.passed")).isPositive();
    } finally {
      server.stop(0);
    }
  }

  private static byte[] file(String property) throws IOException {
    return Files.readAllBytes(Path.of(System.getProperty(property)));
  }

  private static void serve(HttpServer server, String path, String type, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }
}
