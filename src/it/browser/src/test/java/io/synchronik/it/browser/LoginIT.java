package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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

  /** The server sends its login page where data is asked for, and leads back after the login. */
  @Test
  void soIsWhoLogsInByAFormOfTheApplication(SampleServer.Running sample) throws IOException {
    Path war = Path.of(System.getProperty("sample.directory")).resolve("form.war");
    FormSample.write(war);
    sample.process().deploy(war);
    try (Browser browser = Browser.open()) {
      browser.go(sample.base().uri("/form/synchronik/#/units/billing").toString());
      browser.awaitText("main", "Sign in");
      assertThat(browser.text("main")).doesNotContain("Monthly Billing");

      browser.press("Sign in");
      browser.one("input[name=j_username]").sendKeys("viewer");
      browser.one("input[name=j_password]").sendKeys("viewer", Keys.ENTER);

      browser.until("the unit", () -> browser.address().endsWith("#/units/billing"));
      browser.awaitText("header", "viewer");
      browser.loaded();
      assertThat(browser.text("main h1")).isEqualTo("Monthly Billing");
    } finally {
      sample.process().undeploy(war);
    }
  }
}
