package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From starts by time, and from due times, to what became of them. */
@ExtendWith(SampleServer.class)
class DuesIT {
  private static final String MONITOR = "#/units/health-monitor";

  @Test
  void dueTimeLeadsToWhatWasAskedOfIt(SampleServer.Running sample) throws IOException {
    try (Proxy proxy = Proxy.of(sample, "viewer");
        Browser browser = Browser.open()) {
      browser.go(proxy.uri("synchronik/" + MONITOR));
      browser.until("a run", () -> !browser.all(".verdicts .verdict.ran").isEmpty());
      browser.one(".verdicts .verdict.ran").click();
      browser.until("its time", () -> browser.address().contains("/why?at="));

      browser.awaitText("section[aria-label='Why then']", "it was fired");
      assertThat(browser.text("section[aria-label='Why then']")).contains("its schedule was every");
      browser.picture("why-then");
      browser.assertAccessible();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void hourLeadsToItsRuns(SampleServer.Running sample) throws IOException {
    try (Proxy proxy = Proxy.of(sample, "viewer");
        Browser browser = Browser.open()) {
      browser.go(proxy.uri("synchronik/#/"));
      browser.awaitText(".live", "Live");
      browser.type("g", "c");
      browser.until("the calendar", () -> browser.address().endsWith("#/calendar"));
      browser.loaded();
      browser.press("as a table");
      browser.one("main tbody a").click();
      browser.until("an hour", () -> browser.address().contains("hour="));
      browser.loaded();
      assertThat(browser.text("main")).contains("The hour from");
      browser.press("as a chart");
      browser.until("the hour in it", () -> !browser.all(".heat .heat-chosen").isEmpty());
      browser.picture("calendar-hour");
      browser.assertAccessible();

      browser.press("Next week");
      browser.until("next week", () -> browser.address().contains("week="));
      browser.loaded();
      assertThat(browser.all(".heat .fill-wait")).hasSizeGreaterThan(7 * 24 - 1);
      browser.go(proxy.uri("synchronik/#/calendar?unit=billing&week=2020-01-01"));
      browser.awaitText("main", "No run began in this week");
      browser.go(proxy.uri("synchronik/#/calendar?unit=nothing"));
      browser.awaitText("main .trouble", "Try again");
    }
  }
}
