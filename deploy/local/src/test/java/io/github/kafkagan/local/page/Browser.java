package io.github.kafkagan.local.page;

import io.github.kafkagan.local.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Chromium without a window, as Debian's packages chromium and chromium-driver have it. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long GLANCE_MS = 100;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static boolean isInstalled() {
    return Programs.find("chromium").isPresent() && Programs.find("chromedriver").isPresent();
  }

  static Browser start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Programs.find("chromium").orElseThrow().toFile());
    // Chromium's sandbox does not start for root, which tests in containers are.
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--no-first-run",
        "--window-size=1280,1000");
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, Level.ALL.getName()));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Programs.find("chromedriver").orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  void open(String url) {
    driver.get(url);
  }

  /** Opens a page whose server may still be starting. */
  void openOnceThere(String url) throws InterruptedException {
    await(url + " answers", () -> answers(url));
    open(url);
  }

  private static boolean answers(String url) {
    try (InputStream content = URI.create(url).toURL().openStream()) {
      return content.read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the window as large as a phone's or a desktop's. */
  void resize(int width, int height, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
  }

  /** Has the system's colours as the page sees them: light or dark. */
  void prefer(String colours) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /**
   * What is to be read in an element. Found and read in one go, since the page replaces elements.
   */
  String text(String selector) {
    return read("document.querySelector(arguments[0])?.innerText ?? null", selector)
        .map(String::strip)
        .orElseThrow(() -> new NoSuchElementException(selector));
  }

  /** What is to be read in each of the elements, at one moment. */
  List<String> texts(String selector) {
    String script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)";
    List<?> texts = (List<?>) Objects.requireNonNull(driver.executeScript(script, selector));
    return texts.stream().map(text -> String.valueOf(text).strip()).toList();
  }

  /** An attribute, as the page has it; "null" without. */
  String attribute(String selector, String name) {
    String element = "document.querySelector(arguments[0])";
    return read(element + " && String(" + element + ".getAttribute(arguments[1]))", selector, name)
        .orElseThrow(() -> new NoSuchElementException(selector));
  }

  private Optional<String> read(String expression, Object... arguments) {
    Object value = driver.executeScript("return " + expression, arguments);
    return Optional.ofNullable(value).map(String::valueOf);
  }

  /** The value of a JavaScript expression. */
  Object value(String expression) {
    Object value = driver.executeScript("return " + expression);
    return value == null ? "null" : value;
  }

  /** Waits for something to be so, of a page that changes meanwhile. */
  void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo(condition)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(what + ": still not so; the page says:\n" + text("body"));
      }
      Thread.sleep(GLANCE_MS);
    }
  }

  private static boolean isSo(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (StaleElementReferenceException | NoSuchElementException e) {
      return false; // The page has replaced it, or is about to make it.
    }
  }

  /** What the page complained of in the console since it was asked last. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
