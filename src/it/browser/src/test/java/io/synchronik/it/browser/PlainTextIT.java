package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Texts from outside are shown as they are, whatever they look like. */
@ExtendWith(SampleServer.class)
class PlainTextIT {
  private static final String EVIL = "<img id=evil src=x onerror=document.title=1>";

  private Proxy proxy;
  private Browser browser;

  @BeforeEach
  void open(SampleServer.Running sample) throws IOException {
    proxy = Proxy.of(sample, "admin");
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    browser.close();
    proxy.close();
  }

  @Test
  void payloadsAre() throws IOException {
    String run =
        proxy.ask(
            "POST",
            "api/synchronik/units/simple-logger-worker/runs",
            "{\"force\":true,\"payload\":{\"" + EVIL + "\":\"" + EVIL + "\"}}");
    String id = run.replaceAll(".*?\"id\"\\s*:\\s*\"(\\w{26})\".*", "$1");

    browser.goLive(proxy, "#/runs/" + id);
    browser.one("main details summary").click();

    browser.awaitText("main", EVIL);
    assertHarmless();
  }

  @Test
  void milestonesAre() throws IOException {
    browser.goLive(proxy, "#/events");

    proxy.ask("POST", "api/synchronik/milestones/" + encoded(), "{}");

    browser.awaitText("main", EVIL);
    assertHarmless();
  }

  @Test
  void reasonsAre() {
    browser.goLive(proxy, "#/engine");
    browser.press("Pause all units …");
    browser.one("dialog input:not(.reason)").sendKeys("sample");
    browser.one("dialog input.reason").sendKeys(EVIL);
    browser.press("Pause all");
    browser.until("the answer", () -> browser.text(".toasts").contains("Done"));
    browser.press("Resume all units");

    browser.goLive(proxy, "#/audit?action=stop-all");

    browser.awaitText("main tbody", EVIL);
    assertHarmless();
  }

  @Test
  void addressesAre() {
    String encoded = encoded();
    browser.go(proxy.uri("synchronik/#/units/" + encoded));
    assertThat(browser.text("main h1")).isEqualTo(EVIL);

    browser.go(proxy.uri("synchronik/#/runs?unit=" + encoded + "&state=" + encoded));
    browser.type("/", EVIL);

    assertHarmless();
  }

  private static String encoded() {
    return URLEncoder.encode(EVIL, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void assertHarmless() {
    assertThat(browser.all("#evil")).isEmpty();
    assertThat(browser.complaints()).noneMatch(text -> text.contains("Content Security Policy"));
  }
}
