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
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
