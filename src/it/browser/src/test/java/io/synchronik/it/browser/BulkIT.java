package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The same done to many from the page. */
@ExtendWith(SampleServer.class)
class BulkIT {
  private static final int ITEMS = Integer.getInteger("bulk.items", 20_000);

  private static final int PAGE = 1000;

  /** Each twentieth email bounces, each sixtieth as nobody has its mailbox. */
  private static final int GONE = ITEMS / 60;

  private static final int FULL = ITEMS / 20 - GONE;

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

  private JsonObject ask(String method, String path, String body) {
    try (JsonReader reader =
        Json.createReader(new StringReader(proxy.ask(method, "api/synchronik/" + path, body)))) {
      return reader.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A campaign that goes on until it is closed; returns its run when all its emails are final. */
  private String campaign(int recipients) {
    String run =
        begun(
            "{\"payload\":{\"recipients\":%d,\"bouncePercent\":5,\"open\":true}}"
                .formatted(recipients));
    Await.until(
        Browser.PATIENCE.multipliedBy(10),
        () -> "Run " + run + " is " + state(run),
        () -> state(run).equals("running") && isOver(run, recipients));
    return run;
  }

  /** Begins a campaign when no other one goes on, as it would be skipped. */
  private String begun(String body) {
    ask(
        "POST",
        "bulk",
        "{\"action\":\"cancel\",\"over\":\"runs\",\"filter\":{\"unit\":\"email-campaign\"}}");
    Await.until(
        Browser.PATIENCE,
        () ->
            ask("GET", "runs?unit=email-campaign&state=submitted,ready,waiting,running", "")
                .getJsonArray("items")
                .isEmpty());
    return ask("POST", "units/email-campaign/runs", body).getString("id");
  }

  private String state(String run) {
    return ask("GET", "runs/" + run, "").getString("state");
  }

  private boolean isOver(String run, int recipients) {
    try {
      JsonObject counts = statistics(run);
      return counts.getInt("completed") + counts.getInt("failed") == recipients;
    } catch (UncheckedIOException e) {
      // It has no items yet.
      return false;
    }
  }

  private JsonObject statistics(String run) {
    return ask("GET", "runs/" + run + "/items/statistics", "").getJsonObject("statistics");
  }

  private JsonObject latestBulk() {
    return ask("GET", "bulk?limit=1", "").getJsonArray("items").getJsonObject(0);
  }

  private void confirm(String button, String reason) {
    browser.one("dialog[open] input.reason").sendKeys(reason);
    browser.until("a count", () -> browser.has(button));
    if (!browser.all("dialog input:not(.reason)").isEmpty()) {
      browser.one("dialog input:not(.reason)").sendKeys("sample");
    }
    browser.press(button);
  }

  @Test
  void oneKindOfFailureAmongManyItemsIsTriedAgainOnce() {
    String words = String.format(Locale.ROOT, "%,d", FULL).replace(',', '\u202f');
    String run = campaign(ITEMS);
    String others = itemsFailedWith(run, "NoMailbox");
    assertThat(statistics(run).getInt("failed")).isEqualTo(FULL + GONE);
    browser.goLive(proxy, "#/items/" + run);

    browser.press("Retry " + words + " …");
    browser.one("dialog[open]");
    browser.until("the count", () -> browser.has("Retry " + words));
    browser.assertAccessible();
    assertThat(browser.all("dialog .button.primary[disabled]")).as("the name is asked").hasSize(1);
    browser.picture("bulk-question");
    confirm("Retry " + words, "the mailboxes were emptied");

    browser.awaitText(".toasts", "Retry items: " + words + " of " + words + " done.");
    Await.until(Browser.PATIENCE, () -> statistics(run).getInt("completed") == ITEMS - GONE);
    assertThat(statistics(run).getInt("failed")).isEqualTo(GONE);
    assertThat(itemsFailedWith(run, "NoMailbox")).as("they are as they were").isEqualTo(others);
    assertThat(progress()).isEqualTo(List.of(FULL, FULL, 0, 0));
    Await.until(Browser.PATIENCE, () -> !resets(run).isEmpty());
    assertThat(resets(run)).as("put back at once").containsExactly(FULL);
    browser.go(proxy.uri("synchronik/#/audit?action=bulk"));
    assertThat(browser.text("main tbody tr"))
        .contains("admin", "the mailboxes were emptied", "\"expected\":" + FULL);
    browser.go(proxy.uri("synchronik/#/audit?view=bulk"));
    assertThat(browser.text("main tbody tr")).contains("Retry items", words + " of " + words, run);
    browser.picture("bulk-list");
    browser.assertAccessible();
    assertThat(browser.complaints()).isEmpty();
    ask("POST", "runs/" + run + "/items/close", "{}");
  }

  private String itemsFailedWith(String run, String text) {
    return ask("GET", "runs/" + run + "/items?state=failed&limit=1000&failure=" + text, "")
        .getJsonArray("items")
        .toString();
  }

  /** How many items of a run were put back, each time. */
  private List<Integer> resets(String run) {
    List<Integer> found = new ArrayList<>();
    long after = 0;
    int page = PAGE;
    while (page == PAGE) {
      JsonObject events =
          ask("GET", "events?limit=1000&type=item&unit=email-campaign&after=" + after, "");
      List<JsonObject> some = events.getJsonArray("items").getValuesAs(JsonObject.class);
      some.stream()
          .filter(event -> event.containsKey("items") && event.getString("run").equals(run))
          .forEach(event -> found.add(event.getInt("items")));
      page = some.size();
      after = events.getJsonNumber("next").longValue();
    }
    return found;
  }

  private List<Integer> progress() {
    JsonObject progress = latestBulk().getJsonObject("progress");
    return Stream.of("expected", "done", "skipped", "failed").map(progress::getInt).toList();
  }

  @Test
  void whatGoesOnIsSeenEverywhereAndEnded() {
    String run = campaign(200);
    node("drain");
    browser.goLive(proxy, "#/items/" + run + "?state=failed");

    browser.press("Choose all that match");
    browser.press("Retry 10 …");
    confirm("Retry 10", "to be ended");
    browser.awaitText(".bulks", "0 of 10 done");
    browser.type("g", "u");
    browser.until("Units", () -> browser.address().endsWith("#/units"));
    browser.loaded();
    browser.awaitText(".bulks", "0 of 10 done");
    browser.value("location.reload()");
    browser.awaitText(".bulks", "0 of 10 done");
    browser.loaded();
    browser.picture("bulk-running");
    browser.assertAccessible();
    browser.press("End it");
    browser.awaitText(".bulks", "It ends after what is being done");
    node("resume");

    browser.awaitText(".toasts", "Retry items, ended early: 0 of 10 done.");
    browser.until("nothing that goes on", () -> browser.all(".bulks").isEmpty());
    assertThat(latestBulk().getString("state")).isEqualTo("canceled");
    assertThat(statistics(run).getInt("failed")).isEqualTo(10);
    assertThat(browser.complaints()).isEmpty();
    ask("POST", "runs/" + run + "/items/close", "{}");
  }

  private void node(String what) {
    String incarnation =
        ask("GET", "nodes", "").getJsonArray("nodes").getJsonObject(0).getString("incarnation");
    ask("POST", "nodes/" + incarnation + "/" + what, "{}");
  }

  @Test
  void whatIsChosenWithKeysAloneIsDone() {
    ask("POST", "units/simple-logger-worker/resume", "{}");
    browser.goLive(proxy, "#/units?q=simple-logger");

    browser.type("j", "x");
    browser.awaitText(".choice", "1 chosen");
    browser.assertAccessible();
    browser.type(".");
    browser.until("the first action", () -> browser.focused().getText().equals("Pause …"));
    browser.type(Keys.ENTER);
    confirm("Pause 1", "");

    browser.awaitText("main tbody .badge", "paused");
    browser.awaitText(".choice", "Nothing is chosen");
    browser.press("Choose all that match");
    browser.press("Resume 1 …");
    confirm("Resume 1", "");
    browser.until("no pause", () -> !browser.text("main tbody .badge").contains("paused"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void runsAreChosenAndRunAgain() {
    String failed = begun("{\"payload\":{\"bouncePercent\":50}}");
    Await.until(Browser.PATIENCE, () -> state(failed).equals("failed"));
    browser.goLive(proxy, "#/runs?unit=email-campaign&state=failed");

    browser.one("tr[data-id='" + failed + "'] input").click();
    browser.awaitText(".choice", "1 chosen");
    browser.press("Run again …");
    confirm("Run again 1", "the mailboxes were emptied");

    browser.awaitText(".toasts", "Run failed ones again: 1 of 1 done.");
    browser.go(proxy.uri("synchronik/#/runs?unit=email-campaign"));
    browser.until("the new run", () -> browser.text("main tbody").contains("retry"));
    browser.picture("runs-chosen");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aRunningRunIsCancelled() {
    String run = campaign(20);
    browser.goLive(proxy, "#/runs/" + run);
    browser.awaitText("main .head .badge", "running");

    browser.press("Cancel run …");
    browser.one("dialog input.reason").sendKeys("nobody reads it");
    browser.press("Cancel run");

    browser.awaitText("main .head .badge", "canceled");
    assertThat(ask("GET", "runs/" + run, "").getString("state")).isEqualTo("canceled");
    browser.go(proxy.uri("synchronik/#/audit?action=cancel"));
    assertThat(browser.text("main tbody tr")).contains(run, "nobody reads it");
    assertThat(browser.complaints()).isEmpty();
  }
}
