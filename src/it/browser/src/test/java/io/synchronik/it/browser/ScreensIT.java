package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each screen, for both roles and in both themes. */
@ExtendWith(SampleServer.class)
class ScreensIT {
  private static final List<String> ADMIN_ALONE =
      List.of(
          "Pause …",
          "Run now …",
          "Pause all …",
          "Stop all …",
          "Cancel …",
          "Stop …",
          "Disable",
          "Drain …",
          "Choose all that match");

  /** What reaches beyond the page, when it can be scrolled sideways. */
  private static final String TOO_WIDE =
      """
      const width = document.documentElement.clientWidth;
      return document.documentElement.scrollWidth > width
        ? [...document.querySelectorAll("*")]
            .filter((element) => element.getBoundingClientRect().right > width)
            .map((element) => element.outerHTML.slice(0, 200))
            .join(" ")
        : "";
      """;

  @ParameterizedTest
  @CsvSource({"viewer,false", "viewer,true", "admin,false", "admin,true"})
  void everyScreenIsAccessibleAndSilent(String user, boolean dark, SampleServer.Running sample)
      throws IOException {
    Billed billed = Billed.in(sample);
    Map<String, String> screens =
        Map.ofEntries(
            Map.entry("overview", "#/"),
            Map.entry("runs", "#/runs"),
            Map.entry("failures", "#/runs?view=failures"),
            Map.entry("run", "#/runs/" + billed.run() + "?step=send-summary"),
            Map.entry("attempts", "#/runs/" + billed.summary()),
            Map.entry("items", "#/items/" + billed.invoicing()),
            Map.entry("units", "#/units"),
            Map.entry("unit", "#/units/billing"),
            Map.entry("calendar", "#/calendar"),
            Map.entry("pools", "#/pools"),
            Map.entry("nodes", "#/nodes"),
            Map.entry("events", "#/events"),
            Map.entry("engine", "#/engine"),
            Map.entry("audit", "#/audit"),
            Map.entry("bulk", "#/audit?view=bulk"));
    try (Proxy proxy = Proxy.of(sample, user);
        Browser browser = Browser.open()) {
      browser.dark(dark);
      for (Map.Entry<String, String> screen : screens.entrySet()) {
        browser.go(proxy.uri("synchronik/" + screen.getValue()));
        browser.awaitText(".live", "Live");
        browser.loaded();
        browser.picture(screen.getKey() + "-" + user + (dark ? "-dark" : "-light"));

        assertThat(browser.all(".trouble")).as(screen.getKey()).isEmpty();
        browser.assertAccessible();
        assertThat(browser.complaints()).as(screen.getKey()).isEmpty();
        if (user.equals("viewer")) {
          assertThat(ADMIN_ALONE).as(screen.getKey()).noneMatch(browser::has);
        }
      }
    }
  }

  @Test
  void whatAnAttemptHasLoggedIsShownToThoseWhoMaySeeIt(SampleServer.Running sample)
      throws IOException {
    String address = "synchronik/#/runs/" + Billed.in(sample).summary();
    try (Proxy admin = Proxy.of(sample, "admin");
        Browser browser = Browser.open()) {
      browser.go(admin.uri(address));
      browser.awaitText(".output", "customers could not be billed");
    }
    try (Proxy viewer = Proxy.of(sample, "viewer");
        Browser browser = Browser.open()) {
      browser.go(viewer.uri(address));
      browser.awaitText("[aria-label='Output of attempt 1']", "role synchronik-admin");
      assertThat(browser.all(".output")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 800, 1440})
  void narrowScreensDoNotScrollSideways(int width, SampleServer.Running sample) throws IOException {
    Billed billed = Billed.in(sample);
    try (Proxy proxy = Proxy.of(sample, "admin");
        Browser browser = Browser.open()) {
      browser.size(width, 900);
      for (String screen :
          List.of(
              "#/",
              "#/runs",
              "#/runs?view=failures",
              "#/units",
              "#/units/health-monitor",
              "#/calendar",
              "#/runs/" + billed.run(),
              "#/items/" + billed.invoicing() + "?state=failed",
              "#/nodes",
              "#/engine",
              "#/audit",
              "#/audit?view=bulk")) {
        browser.go(proxy.uri("synchronik/" + screen));
        browser.picture("narrow-" + width + screen.replaceAll("[^a-z]+", "-"));

        assertThat(browser.value(TOO_WIDE)).as(screen).isEqualTo("");
      }
    }
  }

  @Test
  void nothingThatDoesNotExistIsShown(SampleServer.Running sample) throws IOException {
    try (Proxy proxy = Proxy.of(sample, "viewer");
        Browser browser = Browser.open()) {
      browser.go(proxy.uri("synchronik/#/runs/01ARZ3NDEKTSV4RRFFQ69G5FAV"));

      assertThat(browser.text("main h1")).isEqualTo("01ARZ3NDEKTSV4RRFFQ69G5FAV");
      assertThat(browser.text("main")).contains("There is no run with this id");
      browser.assertAccessible();
    }
  }
}
