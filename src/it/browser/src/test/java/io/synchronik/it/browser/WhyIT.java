package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The panels that say why something does not go on, or went as it did. */
@ExtendWith(SampleServer.class)
class WhyIT {
  private static final Pattern ID = Pattern.compile("\"id\":\"(\\w{26})\"");
  private static final String UNIT = "api/synchronik/units/projectile-lecture/";
  private static final String WHY = ".why";
  private static final String DECISIVE = ".why .decisive";

  private Proxy proxy;
  private Browser browser;

  @BeforeEach
  void open(SampleServer.Running sample) throws IOException {
    proxy = Proxy.of(sample, "admin");
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    browser.close();
    proxy.close();
  }

  @Test
  void ofAUnit() throws IOException {
    browser.goLive(proxy, "#/units/projectile-lecture");
    browser.awaitText(DECISIVE, "it is due at");

    proxy.ask("POST", UNIT + "pause", "{}");
    browser.awaitText(DECISIVE, "admin has paused it, until it is resumed");

    proxy.ask("POST", UNIT + "disable", "{}");
    browser.awaitText(DECISIVE, "it is disabled");

    proxy.ask("POST", UNIT + "enable", "{}");
    proxy.ask("POST", UNIT + "resume", "{}");
    browser.awaitText(DECISIVE, "it is due at");
  }

  @Test
  void ofARun() throws IOException {
    browser.goLive(proxy, "#/runs/" + await("stock-take", "skipped"));
    browser.awaitText(DECISIVE, "it ended skipped");

    browser.goLive(proxy, "#/runs/" + await("archive-books", "failed"));
    browser.awaitText(DECISIVE, "the archive answers 503");

    browser.goLive(proxy, "#/runs/" + await("billing", "completed"));
    browser.awaitText(WHY, "it ended completed");
    assertThat(browser.all(DECISIVE)).isEmpty();
  }

  @Test
  void ofAStep() throws IOException {
    String run =
        id(
            proxy.ask(
                "POST",
                "api/synchronik/units/ratings-pipeline/runs",
                "{\"payload\":{\"file\":\"faulty.csv\"}}"));
    Await.until(Browser.PATIENCE, () -> proxy.shows("api/synchronik/runs/" + run, "endedAt"));

    assertThat(step(run, "ratings-validate")).contains("it was begun");
    assertThat(step(run, "ratings-publish"))
        .contains("it is skipped: condition false on ratings-validate");
    assertThat(step(run, "ratings-summarise")).contains("it is skipped: ");
  }

  private String step(String run, String step) {
    browser.goLive(proxy, "#/runs/" + run + "?step=" + step);
    return browser.text(WHY);
  }

  /** Waits for a run of a unit in a state. */
  private String await(String unit, String state) throws IOException {
    String runs = "api/synchronik/units/" + unit + "/runs?state=" + state;
    Await.until(Browser.PATIENCE, () -> proxy.shows(runs, "endedAt"));
    return id(proxy.ask("GET", runs, ""));
  }

  private static String id(String json) {
    Matcher found = ID.matcher(json);
    assertThat(found.find()).as(json).isTrue();
    return found.group(1);
  }
}
