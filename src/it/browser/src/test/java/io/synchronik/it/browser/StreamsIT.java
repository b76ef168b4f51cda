package io.synchronik.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One user may have five streams at once; the server refuses more. */
@ExtendWith(SampleServer.class)
class StreamsIT {
  private static final String UNIT = "api/synchronik/units/simple-logger-worker";
  private static final int STREAMS = 5;
  private static final int RELOADS = 6;

  private final Deque<InputStream> held = new ArrayDeque<>();
  private Proxy proxy;
  private Browser browser;

  @BeforeEach
  void open(SampleServer.Running sample) throws IOException {
    proxy = Proxy.of(sample, "admin");
    browser = Browser.open();
    proxy.ask("POST", UNIT + "/resume", "{}");
  }

  @AfterEach
  void close() throws IOException {
    browser.close();
    proxy.close();
    letGo();
  }

  private void letGo() throws IOException {
    while (!held.isEmpty()) {
      held.pop().close();
    }
  }

  /** Opens all that one user may have; those of pages that are gone end meanwhile. */
  private void holdAll(SampleServer.Running sample) {
    HttpRequest request =
        HttpRequest.newBuilder(sample.uri("api/synchronik/events/stream"))
            .header("Accept", "text/event-stream")
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8)))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    Await.until(Browser.PATIENCE, () -> hold(client, request));
  }

  /** Whether that was the last one. */
  private boolean hold(HttpClient client, HttpRequest request) {
    try {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      if (answer.statusCode() == 200) {
        held.push(answer.body());
      } else {
        assertThat(answer.statusCode()).isEqualTo(429);
        answer.body().close();
      }
      return held.size() == STREAMS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thePageAsksWhenItsStreamIsRefusedAndSaysSo(SampleServer.Running sample) throws IOException {
    holdAll(sample);
    browser.go(proxy.uri("synchronik/#/units/simple-logger-worker"));
    browser.until("polling", () -> !browser.all(".live.polling").isEmpty());

    proxy.ask("POST", UNIT + "/pause", "{}");
    browser.until("Resume", () -> browser.has("Resume"));

    letGo();
    browser.awaitText(".live", "Live");
    proxy.ask("POST", UNIT + "/resume", "{}");
    browser.until("Pause", () -> browser.has("Pause …") && !browser.has("Resume"));
  }

  @Test
  void quickReloadsDoNoHarm() {
    browser.goLive(proxy, "#/units/simple-logger-worker");
    for (int i = 0; i < RELOADS; i++) {
      int before = proxy.streamsOpened();
      browser.reload();
      browser.until("a stream", () -> proxy.streamsOpened() > before);
    }

    browser.loaded();
    browser.awaitText(".live", "Live");
    assertThat(browser.text("main h1")).isEqualTo("Simple Logger");
    assertThat(browser.all(".trouble")).isEmpty();
  }
}
