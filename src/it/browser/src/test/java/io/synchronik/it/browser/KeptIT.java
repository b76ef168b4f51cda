package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.WebElement;

/** What somebody looks at stays where it is, whatever happens meanwhile. */
@ExtendWith(SampleServer.class)
class KeptIT {
  private static final String RUNS = "api/synchronik/units/simple-logger-worker/runs";
  private static final int CHANGES = 1000;
  private static final int PAGE = 50;

  @Test
  void rowsFocusAndScrollStayOverAThousandChanges(SampleServer.Running sample) throws IOException {
    try (Proxy proxy = Proxy.of(sample, "admin");
        Browser browser = Browser.open()) {
      proxy.ask("POST", "api/synchronik/units/simple-logger-worker/resume", "{}");
      run(proxy, 2 * PAGE);
      browser.goLive(proxy, "#/runs?unit=simple-logger-worker");
      browser.press("Load more");
      browser.until("two pages", () -> ids(browser).size() >= 2 * PAGE);
      browser.value("document.querySelectorAll('main tbody tr')[70].querySelector('a').focus()");
      List<String> rows = ids(browser);
      String focus = browser.focused().getText();
      Object scroll = browser.value("return scrollY");

      run(proxy, CHANGES);
      browser.until("what is new, waiting", () -> !browser.all(".fresh").isEmpty());
      browser.loaded();

      assertThat(ids(browser)).isEqualTo(rows);
      assertThat(browser.focused().getText()).isEqualTo(focus);
      assertThat(browser.value("return scrollY")).isEqualTo(scroll);
      browser.one(".fresh").click();
      browser.until("what is new", () -> ids(browser).size() > rows.size());
      assertThat(ids(browser)).containsSubsequence(rows);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void run(Proxy proxy, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      proxy.ask("POST", RUNS, "{}");
    }
  }

  private static List<String> ids(Browser browser) {
    return browser.all("main tbody tr").stream().map(KeptIT::id).toList();
  }

  private static String id(WebElement row) {
    return String.valueOf(row.getDomAttribute("data-id"));
  }
}
