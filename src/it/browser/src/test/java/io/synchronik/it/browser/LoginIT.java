package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The login, and the way back. */
@ExtendWith(SampleServer.class)
class LoginIT {
  @Test
  void whoLogsInIsBackWhereHeWas(SampleServer.Running sample) throws IOException {
    try (Proxy proxy = Proxy.of(sample, "viewer");
        Browser browser = Browser.open()) {
      proxy.mood(Proxy.Mood.GUARDED);
      browser.go(proxy.uri("synchronik/#/units/billing"));
      browser.awaitText("main", "Sign in");
      browser.assertAccessible();

      browser.press("Sign in");
      browser.one("input[name=password]").sendKeys("viewer", Keys.ENTER);

      browser.until("the unit", () -> browser.address().endsWith("#/units/billing"));
      browser.awaitText("header", "viewer");
      browser.loaded();
      assertThat(browser.text("main h1")).isEqualTo("Monthly Billing");
    }
  }
}
