package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** What an admin does with the page. */
@ExtendWith(SampleServer.class)
class ActionsIT {
  private Proxy proxy;
  private Browser browser;

  @BeforeEach
  void open(SampleServer.Running sample) throws IOException {
    proxy = Proxy.of(sample, "admin");
    browser = Browser.open();
    for (String unit : List.of("simple-logger-worker", "health-monitor")) {
      proxy.ask("POST", "api/synchronik/units/" + unit + "/resume", "{}");
    }
  }

  @AfterEach
  void close() {
    browser.close();
    proxy.close();
  }

  @Test
  void aUnitIsPausedAndThatTakenBack() {
    browser.goLive(proxy, "#/units/health-monitor");

    browser.press("Pause …");
    browser.one("dialog[open]");
    browser.assertAccessible();
    browser.press("Pause");
    browser.until("Resume", () -> browser.has("Resume"));
    browser.press("Undo");

    browser.until("Pause", () -> browser.has("Pause …") && !browser.has("Resume"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aRunIsAskedForAndShown() {
    browser.goLive(proxy, "#/units/simple-logger-worker");

    browser.press("Run now …");
    browser.one("dialog[open] textarea").sendKeys("{no json");
    browser.press("Run now");
    browser.until("a complaint", () -> !browser.all("dialog [role=alert]").isEmpty());
    browser.one("dialog[open] textarea").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    browser.press("Run now");

    browser.until("the run", () -> browser.address().contains("#/runs/"));
    browser.loaded();
    browser.awaitText("main .badge", "completed");
  }

  @Test
  void aPausedUnitRunsWhenThatIsSaid() throws IOException {
    proxy.ask("POST", "api/synchronik/units/simple-logger-worker/pause", "{}");
    browser.goLive(proxy, "#/units/simple-logger-worker");

    browser.press("Run now …");
    browser.one("dialog[open]");
    browser.press("Run now");
    browser.until("the reason", () -> browser.text(".toast.bad").contains("paused"));
    browser.one("dialog[open] input[type=checkbox]").click();
    browser.assertAccessible();
    browser.press("Run now");

    browser.until("the run", () -> browser.address().contains("#/runs/"));
  }

  @Test
  void whatEndsALotWantsTheNameTyped() {
    browser.goLive(proxy, "#/engine");
    assertThat(browser.text("header .badge")).isEqualTo("production");

    browser.press("Pause all units …");
    browser.one("dialog[open]");
    assertThat(browser.all("dialog button.danger:not([disabled])")).isEmpty();
    browser.one("dialog input:not(.reason)").sendKeys("sample");
    browser.one("dialog input.reason").sendKeys("the ledger is closed until 8 °");
    browser.press("Pause all");
    browser.until("the answer", () -> browser.text(".toasts").contains("Done"));
    browser.press("Resume all units");

    browser.go(proxy.uri("synchronik/#/audit?action=stop-all"));
    assertThat(browser.text("main tbody tr"))
        .contains("admin", "stop-all", "engine", "the ledger is closed until 8 °");
    browser.go(proxy.uri("synchronik/#/units/health-monitor"));
    browser.until("Pause", () -> browser.has("Pause …") && !browser.has("Resume"));
  }

  @Test
  void aScheduleIsSeenBeforeItIsChanged() {
    browser.goLive(proxy, "#/units/health-monitor");

    browser.press("Change …");
    browser.one("#config-cron").sendKeys("0 0 25 * * ?");
    browser.until("what is wrong", () -> browser.text("#config-cron-wrong").contains("SYNC-"));
    assertThat(browser.one("dialog .button.primary").isEnabled()).isFalse();
    browser.assertAccessible();
    browser.one("#config-cron").sendKeys(Keys.chord(Keys.CONTROL, "a"), "0 0 4 * * ?");
    browser.until("its next times", () -> browser.all("dialog .coming li").size() == 10);
    assertThat(browser.text("dialog .coming")).contains("04:00");
    browser.picture("configure");
    browser.press("Change");

    browser.until("the new schedule", () -> browser.text("main .pairs").contains("0 0 4 * * ?"));
    browser.press("Change …");
    browser.press("Back to none");
    browser.until("it is taken back", () -> browser.text("dialog .coming").contains("in "));
    browser.one("#config-every").sendKeys(Keys.chord(Keys.CONTROL, "a"), "10s");
    browser.press("Change");
    browser.until("no cron", () -> !browser.text("main .pairs").contains("0 0 4 * * ?"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void drainedNodeIsEmptyAndTakesWorkInAgain() {
    browser.goLive(proxy, "#/nodes");
    browser.until("the node", () -> browser.text("main .badge").equals("live"));

    browser.press("Drain …");
    browser.one("dialog[open]");
    assertThat(browser.text("dialog")).contains("No other node is live");
    browser.press("Drain node");
    browser.until("empty", () -> browser.text("main .badge").equals("empty"));
    assertThat(browser.text("main")).contains("admin asked it to take nothing more in");
    browser.assertAccessible();

    browser.press("Resume");
    browser.until("live", () -> browser.text("main .badge").equals("live"));
  }

  private void tabTo(String button) {
    for (int i = 0; i < 100 && !browser.focused().getText().equals(button); i++) {
      browser.tab();
    }
    assertThat(browser.focused().getText()).isEqualTo(button);
  }

  @Test
  void whatIsAskedForWithTheKeysAloneIsDone() {
    browser.goLive(proxy, "#/");
    browser.type("g", "u");
    browser.until("Units", () -> browser.address().endsWith("#/units"));
    browser.type("/");
    browser.type("simple");
    browser.until("something found", () -> !browser.all("#found a").isEmpty());
    browser.type(Keys.ENTER);
    browser.until("the unit", () -> browser.address().endsWith("#/units/simple-logger-worker"));
    browser.loaded();

    tabTo("Run now …");
    browser.type(Keys.ENTER);
    browser.one("dialog[open]");
    tabTo("Run now");
    browser.type(Keys.ENTER);

    browser.until("the run", () -> browser.address().contains("#/runs/"));
  }
}
