package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The main path on another server, and by the login that the browser itself asks for. */
class PayaraIT {
  @Test
  void whatIsAskedForOnThePageRuns() throws IOException {
    try (PayaraServer payara = PayaraServer.start();
        Browser browser = Browser.open()) {
      browser.show(
          payara.uri("api/synchronik/session/enter").replace("http://", "http://admin:admin@"));
      browser.until("the dashboard", () -> browser.address().contains("/synchronik/"));
      browser.go(payara.uri("synchronik/#/"));
      browser.awaitText(".live", "Live");
      browser.awaitText("header", "admin");
      browser.complaints();

      browser.type("/");
      browser.type("projectile");
      browser.until("something found", () -> !browser.all("#found a").isEmpty());
      browser.type(Keys.ENTER);
      browser.until("the unit", () -> browser.address().endsWith("#/units/projectile-lecture"));
      browser.loaded();
      browser.press("Run now …");
      browser.one("dialog[open]");
      browser.press("Run now");
      browser.until("the run", () -> browser.address().contains("#/runs/"));
      browser.awaitText("main .badge", "completed");

      browser.picture("payara-run");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
