package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a process to what failed in it. */
@ExtendWith(SampleServer.class)
class ItemsIT {
  private static final int FAILED = 13;

  @Test
  void whatFailedIsFound(SampleServer.Running sample) throws IOException {
    Billed billed = Billed.in(sample);
    try (Proxy proxy = Proxy.of(sample, "admin");
        Browser browser = Browser.open()) {
      browser.go(proxy.uri("synchronik/#/runs/" + billed.invoicing()));
      browser.follow("All items");
      browser.until("items", () -> browser.address().contains("#/items/"));
      browser.loaded();
      assertThat(browser.all("main tbody tr")).hasSize(50);

      browser.follow(String.valueOf(FAILED));
      browser.loaded();
      browser.until("failed ones", () -> browser.all("main tbody tr").size() == FAILED);
      browser.picture("items-failed");
      browser.one("main tbody tr button").click();
      browser.loaded();

      assertThat(browser.text("main .detail")).contains("failed", "address");
      browser.assertAccessible();

      assertThat(browser.text("main .kinds .num")).isEqualTo(String.valueOf(FAILED));
      browser.one("main .kinds a").click();
      browser.until("failures of the kind", () -> browser.address().contains("group="));
      browser.loaded();
      assertThat(browser.all("main tbody tr")).hasSize(FAILED);
      browser.picture("items-kind");
      browser.assertAccessible();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Found out, mended and tried again from what the pages tell alone. */
  @Test
  void whatFailedIsRunAgainWhenItsCauseIsGone(SampleServer.Running sample) throws IOException {
    Billed billed = Billed.in(sample);
    try (Proxy proxy = Proxy.of(sample, "admin");
        Browser browser = Browser.open()) {
      browser.goLive(proxy, "#/runs/" + billed.run());
      browser.awaitText("main .card", FAILED + " failed");
      browser.follow(FAILED + " failed");
      browser.until("what failed", () -> browser.address().endsWith("?state=failed"));
      browser.loaded();
      assertThat(browser.text("main .kinds"))
          .contains("NoAddressException", "has no address to send an invoice to");
      proxy.ask("POST", "api/billing/addresses", "{}");

      browser.press("Run what failed again …");
      browser.one("dialog input.reason").sendKeys("addresses were entered");
      browser.press("Run again");
      browser.until("the new run", () -> browser.address().contains("#/runs/"));
      browser.awaitText("main .badge", "completed");
      browser.follow("All items");
      browser.until("its items", () -> browser.address().contains("#/items/"));
      browser.loaded();

      assertThat(browser.all("main tbody tr")).hasSize(FAILED);
      assertThat(browser.text("main .figures")).contains("Completed\n" + FAILED, "Failed\n0");
      browser.go(proxy.uri("synchronik/#/audit?action=retry"));
      assertThat(browser.text("main tbody tr")).contains(billed.invoicing(), "addresses were");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
