package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.NoSuchDriverException;

/** A Chromium without a window. It waits for what must come, as long as that may take. */
final class Browser implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CALM = 3;
  private static final int QUALITY = 70;
  private static final List<String> WCAG =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts the one that is installed, else one that Selenium fetches. */
  static Browser open() {
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1440,1000");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    onPath("chromium", "chromium-browser", "google-chrome", "chrome")
        .ifPresent(binary -> options.setBinary(binary));
    ChromeDriverService.Builder service = new ChromeDriverService.Builder();
    onPath("chromedriver").ifPresent(driver -> service.usingDriverExecutable(driver));
    try {
      return new Browser(new ChromeDriver(service.build(), options));
    } catch (NoSuchDriverException e) {
      if (Boolean.getBoolean("browser.required")) {
        throw e;
      }
      return Assumptions.abort("There is no Chromium, and none can be had: " + e.getMessage());
    }
  }

  private static Optional<File> onPath(String... names) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(at -> new File(at, name)))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Whether the system asks for dark pages. */
  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /**
   * Goes to a screen, as a link does when the page is there already, and waits until what it shows
   * has been read.
   */
  void go(String uri) {
    driver.get(uri);
    loaded();
  }

  /** Goes to a screen of the dashboard, and waits until it follows what happens. */
  void goLive(Proxy proxy, String screen) {
    go(proxy.uri("synchronik/" + screen));
    awaitText(".live", "Live");
    loaded();
  }

  /** Goes to a page. */
  void show(String uri) {
    driver.get(uri);
  }

  /** Loads the page again, without waiting for what it shows. */
  void reload() {
    driver.navigate().refresh();
  }

  /** Waits until the heading is there and, at two looks, nothing is awaited any more. */
  void loaded() {
    AtomicInteger calm = new AtomicInteger();
    until(
        "something to show", () -> calm() ? calm.incrementAndGet() == CALM : calm.getAndSet(0) < 0);
  }

  private boolean calm() {
    return !all("main h1").isEmpty()
        && all(".skeleton, .stale").isEmpty()
        && value("return document.documentElement.dataset.reading").equals("0");
  }

  void until(String what, BooleanSupplier condition) {
    Await.until(
        PATIENCE,
        () -> "There is no " + what + " at " + driver.getCurrentUrl() + ":\n" + text("body"),
        () -> {
          try {
            return condition.getAsBoolean();
          } catch (StaleElementReferenceException | NoSuchElementException e) {
            return false;
          }
        });
  }

  void awaitText(String css, String text) {
    until("\"" + text + "\" in " + css, () -> text(css).contains(text));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  WebElement one(String css) {
    until(css, () -> !all(css).isEmpty());
    return driver.findElement(By.cssSelector(css));
  }

  String text(String css) {
    return String.join("\n", all(css).stream().map(WebElement::getText).toList());
  }

  /** Presses the button with this text, when it may be pressed. */
  void press(String text) {
    By button = By.xpath("//button[normalize-space()='" + text + "' and not(@disabled)]");
    until("button " + text, () -> !driver.findElements(button).isEmpty());
    List<WebElement> found = driver.findElements(button);
    found.get(found.size() - 1).click();
  }

  /** Follows the link with this text. */
  void follow(String text) {
    By link = By.xpath("//main//a[normalize-space()='" + text + "']");
    until(
        "link " + text,
        () -> {
          driver.findElement(link).click();
          return true;
        });
  }

  boolean has(String button) {
    return !driver.findElements(By.xpath("//button[normalize-space()='" + button + "']")).isEmpty();
  }

  /** Types keys where the focus is. */
  void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  void tab() {
    type(Keys.TAB);
  }

  String address() {
    return String.valueOf(driver.getCurrentUrl());
  }

  Object value(String script, Object... arguments) {
    Object value = driver.executeScript(script, arguments);
    return value == null ? "" : value;
  }

  /** Returns what the page told the console since the last call, policy reports included. */
  List<String> complaints() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Checks the page as it is by the rules of WCAG 2.2 AA. */
  @SuppressWarnings("unchecked")
  void assertAccessible() {
    try {
      driver.executeScript(Files.readString(Path.of(System.getProperty("axe"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: { type: "tag", values: arguments[0] } }).then(
              (result) => done(result.violations.flatMap((violation) =>
                violation.nodes.map((node) =>
                  `${violation.id}: ${node.html.slice(0, 300)} ${node.failureSummary}`))),
              (problem) => done([String(problem)]));
            """,
            WCAG);
    assertThat((List<String>) found).as("axe at " + address()).isEmpty();
  }

  /** Keeps a picture of the page, to be looked at. */
  void picture(String name) {
    Path file = Path.of(System.getProperty("pictures.directory")).resolve(name + ".png");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a picture of the page that takes little room. */
  byte[] smallPicture() {
    Map<String, Object> taken =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "webp", "quality", QUALITY));
    return Base64.getDecoder().decode(String.valueOf(taken.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
