package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page follows what happens, and says when it cannot. */
@ExtendWith(SampleServer.class)
class LiveIT {
  private static final String UNIT = "api/synchronik/units/simple-logger-worker";

  private Proxy proxy;
  private Browser browser;

  @BeforeEach
  void open(SampleServer.Running sample) throws IOException {
    proxy = Proxy.of(sample, "admin");
    browser = Browser.open();
    proxy.ask("POST", UNIT + "/resume", "{}");
  }

  @AfterEach
  void close() {
    browser.close();
    proxy.close();
  }

  @Test
  void aChangeElsewhereIsShown() throws IOException {
    browser.goLive(proxy, "#/units/simple-logger-worker");
    assertThat(browser.has("Resume")).isFalse();

    proxy.ask("POST", UNIT + "/pause", "{}");
    browser.until("Resume", () -> browser.has("Resume"));

    proxy.ask("POST", UNIT + "/resume", "{}");
    browser.until("Pause", () -> browser.has("Pause …") && !browser.has("Resume"));
  }

  @Test
  void aStreamThatIsCutIsOpenedAgain() throws IOException {
    browser.goLive(proxy, "#/units/simple-logger-worker");
    int before = proxy.streamsOpened();

    proxy.cutStreams();
    browser.until("second stream", () -> proxy.streamsOpened() > before);
    browser.awaitText(".live", "Live");

    proxy.ask("POST", UNIT + "/pause", "{}");
    browser.until("Resume", () -> browser.has("Resume"));
  }

  @Test
  void withoutStreamsThePageAsks() throws IOException {
    proxy.mood(Proxy.Mood.NO_STREAMS);
    browser.go(proxy.uri("synchronik/#/units/simple-logger-worker"));
    browser.until("polling", () -> !browser.all(".live.polling").isEmpty());

    proxy.ask("POST", UNIT + "/pause", "{}");
    browser.until("Resume", () -> browser.has("Resume"));

    proxy.mood(Proxy.Mood.OPEN);
    browser.awaitText(".live", "Live");
  }

  @Test
  void awayServersAreSaidToBeAway() throws IOException {
    browser.goLive(proxy, "#/units/simple-logger-worker");

    proxy.mood(Proxy.Mood.AWAY);
    proxy.cutStreams();
    browser.until("a notice", () -> browser.text("main .notice").contains("Last seen"));
    assertThat(browser.all("main .actions button:not([disabled])")).isEmpty();

    proxy.mood(Proxy.Mood.OPEN);
    browser.awaitText(".live", "Live");
    browser.until("buttons", () -> !browser.all("main .actions button:not([disabled])").isEmpty());
  }
}
