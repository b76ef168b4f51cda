package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The node that serves the page dies. */
class KilledIT {
  private static final String MAY_BE_PRESSED = "main .actions button:not([disabled])";

  @Test
  void thePageSaysSoAndGoesOnWhenItIsBack() throws IOException {
    SampleServer.Running sample = SampleServer.Running.start("killed");
    try (Proxy proxy = Proxy.of(sample, "admin");
        Browser browser = Browser.open()) {
      browser.goLive(proxy, "#/units/month-end");
      browser.until("buttons", () -> !browser.all(MAY_BE_PRESSED).isEmpty());

      sample.process().kill();
      browser.until(
          "a notice", () -> browser.text("main .notice").matches("(?s).*Last seen.*\\d.*"));
      assertThat(browser.all(MAY_BE_PRESSED)).isEmpty();
      assertThat(browser.text("main h1")).as("what was there stays").isEqualTo("Month End");
      browser.picture("killed");

      sample = sample.again();
      browser.awaitText(".live", "Live");
      browser.until("buttons", () -> !browser.all(MAY_BE_PRESSED).isEmpty());
      assertThat(browser.text("main .notice")).doesNotContain("Last seen");
    } finally {
      sample.close();
    }
  }
}
