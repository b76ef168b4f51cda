package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures of the documentation, made from what the sample does by itself. */
@ExtendWith(SampleServer.class)
class PicturesIT {
  private static final Pattern ID = Pattern.compile("\"id\":\"(\\w{26})\"");
  private static final String FAULTY =
      "api/synchronik/units/ratings-quarantine/runs?state=completed";
  private static final int MOST_BYTES = 60 * 1024;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theyAreSmall(boolean dark, SampleServer.Running sample) throws IOException {
    Path directory = Files.createDirectories(Path.of(System.getProperty("pictures.documentation")));
    try (Proxy proxy = Proxy.of(sample, "admin");
        Browser browser = Browser.open()) {
      Map<String, String> screens =
          Map.of(
              "overview",
              "#/?range=1+h",
              "run",
              "#/runs/" + faultyDelivery(proxy) + "?step=ratings-quarantine",
              "items",
              "#/items/" + run(proxy, "generate-invoices"),
              "unit",
              "#/units/stock-take");
      browser.dark(dark);
      browser.size(1280, 900);
      for (Map.Entry<String, String> screen : screens.entrySet()) {
        browser.goLive(proxy, screen.getValue());
        if (screen.getKey().equals("overview")) {
          browser.until("what needs attention", () -> !browser.all(".attention li").isEmpty());
        }
        byte[] picture = browser.smallPicture();

        assertThat(picture.length).as(screen.getKey()).isBetween(1024, MOST_BYTES);
        Files.write(
            directory.resolve(screen.getKey() + (dark ? "-dark" : "-light") + ".webp"), picture);
      }
    }
  }

  /** Asks for one, so that nobody need wait for the second that comes by itself. */
  private static String faultyDelivery(Proxy proxy) throws IOException {
    String run =
        id(
            proxy.ask(
                "POST",
                "api/synchronik/units/ratings-pipeline/runs",
                "{\"payload\":{\"file\":\"faulty.csv\"}}"));
    Await.until(Browser.PATIENCE, () -> proxy.shows("api/synchronik/runs/" + run, "endedAt"));
    assertThat(proxy.ask("GET", FAULTY, "")).contains("endedAt");
    return run;
  }

  private static String run(Proxy proxy, String unit) throws IOException {
    return id(proxy.ask("GET", "api/synchronik/units/" + unit + "/runs?state=completed", ""));
  }

  private static String id(String json) {
    Matcher found = ID.matcher(json);
    assertThat(found.find()).as(json).isTrue();
    return found.group(1);
  }
}
