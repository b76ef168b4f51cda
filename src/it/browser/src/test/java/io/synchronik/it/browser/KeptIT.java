package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WebElement;

/** What somebody looks at stays where it is, whatever happens meanwhile. */
@ExtendWith(SampleServer.class)
class KeptIT {
  private static final Pattern ID = Pattern.compile("\\{\"id\":\"(\\w{26})\"");
  private static final String RUNS = "api/synchronik/units/simple-logger-worker/runs";

  /**
   * Where the row is on the screen. How far that is from the top of the page changes when something
   * comes above it, which the browser makes up for.
   */
  private static final String PLACE = "return document.activeElement.getBoundingClientRect().top";

  /** Browsers scroll by whole ones. */
  private static final double PIXEL = 1;

  private static final int CHANGES = 1000;
  private static final int PAGE = 50;

  @ParameterizedTest
  @CsvSource({
    "#/runs?unit=simple-logger-worker, runs?unit=simple-logger-worker",
    "#/audit?target=simple-logger-worker, audit?target=simple-logger-worker"
  })
  void rowsAndFocusStayOverAThousandChanges(String screen, String list, SampleServer.Running sample)
      throws IOException {
    try (Proxy proxy = Proxy.of(sample, "admin");
        Browser browser = Browser.open()) {
      proxy.ask("POST", "api/synchronik/units/simple-logger-worker/resume", "{}");
      run(proxy, 2 * PAGE);
      browser.goLive(proxy, screen);
      browser.press("Load more");
      browser.until("two pages", () -> ids(browser).size() >= 2 * PAGE);
      browser.value("document.querySelectorAll('main tbody tr')[70].querySelector('a').focus()");
      List<String> rows = ids(browser);
      String focus = browser.focused().getText();
      double place = place(browser);

      run(proxy, CHANGES);
      browser.until("what is new, waiting", () -> !browser.all(".fresh").isEmpty());
      browser.loaded();

      assertThat(ids(browser)).isEqualTo(rows);
      assertThat(browser.focused().getText()).isEqualTo(focus);
      assertThat(place(browser)).isCloseTo(place, within(PIXEL));
      browser.one(".fresh").click();
      browser.until("what is new", () -> !ids(browser).contains(rows.get(0)));
      browser.press("Load more");
      browser.until("two pages of it", () -> ids(browser).size() >= 2 * PAGE);
      List<String> shown = ids(browser);
      assertThat(told(proxy, list)).as("nothing is left out between").containsSequence(shown);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static double place(Browser browser) {
    return ((Number) browser.value(PLACE)).doubleValue();
  }

  private static List<String> told(Proxy proxy, String list) throws IOException {
    String json = proxy.ask("GET", "api/synchronik/" + list + "&limit=500", "");
    return ID.matcher(json).results().map(found -> found.group(1)).toList();
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
