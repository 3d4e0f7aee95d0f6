package io.github.kafkagan.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kafkagan.local.DemoRun;
import io.github.kafkagan.local.Digits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as people see it, of a pipeline that trains. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIT {
  private static final List<String> VIEWS = List.of("watch", "draw", "pipeline");

  /** Until {@code letGo} is called; {@code came} is true when the page has had time to show it. */
  private static final String HOLD_BACK_THE_NEXT_REPLY =
      """
      (() => {
        const ask = window.fetch;
        const released = new Promise((resolve) => { window.letGo = () => { resolve(); }; });
        window.fetch = async (...request) => {
          if (request[0] !== "/api/generate") {
            return ask(...request);
          }
          window.fetch = ask;
          const reply = await ask(...request);
          await released;
          setTimeout(() => { window.came = true; }, 500);
          return reply;
        };
      })()""";

  private DemoRun demo;
  private Browser browser;
  private String page;

  @BeforeAll
  void startDemo(@TempDir Path folder) throws Exception {
    assumeTrue(
        Browser.isInstalled(),
        "needs a browser and its driver: apt-get install chromium chromium-driver");
    browser = Browser.start();
    String data = "--data-dir=" + Digits.write(folder.resolve("data"));
    demo = DemoRun.start(folder, "--preset=digits", data);
    demo.awaitAllProcesses();
    page = demo.pipeline().get("pageUrl").asText();
    browser.openOnceThere(page);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  @AfterEach
  void thePageHasNothingToComplainOf() {
    if (browser != null) {
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void theSheetChangesAsTrainingGoesOnAndTheSliderGoesBack() throws Exception {
    browser.open(page + "/#watch");
    browser.await("a sheet is shown", this::isSheetShown);
    String first = browser.attribute("#sheet", "src");

    browser.await("it changes", () -> !browser.attribute("#sheet", "src").equals(first));
    browser.await("losses are drawn", () -> !browser.all("#loss-chart canvas").isEmpty());
    browser.await("scores are drawn", () -> !browser.all("#score-chart canvas").isEmpty());
    assertThat(browser.text("#sheet-caption")).startsWith("Step ").contains("real pictures seen");

    // Back in time by keyboard, where it stays
    browser.find("#sheet-time").sendKeys(Keys.HOME);
    String oldest = browser.attribute("#sheet", "src");
    assertThat(browser.attribute("#sheet-live", "aria-pressed")).isEqualTo("false");
    String before = browser.attribute("#sheet-time", "max");
    browser.await("another comes", () -> !browser.attribute("#sheet-time", "max").equals(before));
    assertThat(browser.attribute("#sheet", "src")).isEqualTo(oldest);

    browser.find("#sheet-live").click();
    assertThat(browser.attribute("#sheet", "src")).isNotEqualTo(oldest);
    assertThat(browser.attribute("#sheet-live", "aria-pressed")).isEqualTo("true");
  }

  @Test
  void aSevenIsDrawnAndSaysWhereItIsFrom() throws Exception {
    browser.open(page + "/#draw");
    browser.await("digits are offered", () -> browser.all("#draw-classes label").size() == 10);
    browser.find("#draw-classes label:nth-of-type(8)").click();
    WebElement count = browser.find("#draw-count");
    count.clear();
    count.sendKeys("5");
    browser.find("#draw-form button[type=submit]").click();

    browser.await(
        "five arrive", () -> browser.all("#draw-result img[alt='A generated 7']").size() == 5);
    assertThat(browser.value("document.querySelector('#draw-result img').naturalWidth"))
        .isEqualTo(28L);
    assertThat(browser.text("#draw-result figcaption")).matches("7 · step [\\d,]+");
    assertThat(browser.find("#draw-download").isDisplayed()).isTrue();

    String picture = browser.attribute("#draw-result img", "src");
    browser.find("#draw-new-seed").click();
    browser.await(
        "another seed draws others",
        () -> !browser.attribute("#draw-result img", "src").equals(picture));
  }

  @Test
  void aReplyThatANewerOneHasOvertakenIsNotShown() throws Exception {
    browser.open(page + "/#draw");
    browser.await("pictures are there", () -> !browser.all("#draw-result img").isEmpty());
    browser.value(HOLD_BACK_THE_NEXT_REPLY);
    browser.find("#draw-new-seed").click();
    WebElement count = browser.find("#draw-count");
    count.clear();
    count.sendKeys("3");
    browser.find("#draw-form button[type=submit]").click();
    browser.await("the newer one is shown", () -> browser.all("#draw-result img").size() == 3);

    browser.value("window.letGo()");

    browser.await("the older one has come", () -> browser.value("window.came").equals(true));
    assertThat(browser.all("#draw-result img")).hasSize(3);
  }

  @Test
  void theSliderWalksFromOneSeedToAnother() throws Exception {
    browser.open(page + "/#draw");
    browser.await("a path is shown", () -> browser.find("#path").isDisplayed());
    WebElement position = browser.find("#path-position");
    position.sendKeys(Keys.HOME);
    String from = browser.attribute("#path-picture", "src");
    position.sendKeys(Keys.END);
    String to = browser.attribute("#path-picture", "src");
    position.sendKeys(Keys.ARROW_LEFT);

    assertThat(to).isNotEqualTo(from);
    assertThat(browser.attribute("#path-picture", "src")).isNotEqualTo(to).startsWith("data:");
    assertThat(browser.text("#path-caption")).startsWith("97 % of the way · step ");
  }

  @Test
  void oneSeedIsDrawnByEachCheckpointThatIsKept() throws Exception {
    browser.open(page + "/#draw");
    browser.await("there is a model", () -> !browser.all("#draw-result img").isEmpty());
    browser.await(
        "several are drawn",
        () -> {
          browser.find("#ages-show").click();
          return browser.all("#ages-result figure").size() > 1;
        });

    List<Long> steps =
        browser.texts("#ages-result figcaption").stream()
            .map(caption -> Long.parseLong(caption.replaceAll(".*step|\\D", "")))
            .toList();
    assertThat(steps).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aBrokerThatStopsIsDownAndComesBack() throws Exception {
    browser.open(page + "/#pipeline");
    browser.await("all is up", () -> browser.all("#parts [data-state=up]").size() == 4);
    long broker = demo.pipeline().at("/processes/broker/pid").asLong();

    signal("STOP", broker);
    try {
      browser.await("it is down", () -> state("broker").equals("down"));
      assertThat(browser.text("#parts [data-name=broker]")).contains("Down", "No broker answers");
      assertThat(browser.text("#state")).isEqualTo("broker is down");
    } finally {
      signal("CONT", broker);
    }

    browser.await("all is up again", () -> browser.all("#parts [data-state=up]").size() == 4);
    assertThat(browser.text("#state")).isEqualTo("Live");
  }

  @Test
  void everyViewFitsAPhone() {
    browser.resize(360, 740, true);
    try {
      for (String view : VIEWS) {
        browser.open(page + "/#" + view);
        assertThat(browser.find("#" + view).isDisplayed()).isTrue();
        assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
            .as(view)
            .isEqualTo(true);
      }
    } finally {
      browser.resize(1280, 1000, false);
    }
  }

  @Test
  void everythingThatCanBeUsedHasAName() {
    browser.open(page);
    assertThat(
            browser.value(
                "[...document.querySelectorAll('input, select, button, a')].filter(e =>"
                    + " !e.labels?.length && !e.getAttribute('aria-label') &&"
                    + " !e.textContent.trim()).map(e => e.outerHTML)"))
        .isEqualTo(List.of());
  }

  private boolean isSheetShown() {
    return browser.find("#sheet").isDisplayed()
        && Boolean.TRUE.equals(browser.value("document.querySelector('#sheet').naturalWidth > 0"));
  }

  private String state(String part) {
    return browser.attribute("#parts [data-name=" + part + "]", "data-state");
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }
}
