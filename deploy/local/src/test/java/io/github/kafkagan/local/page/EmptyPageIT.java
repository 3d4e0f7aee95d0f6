package io.github.kafkagan.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kafkagan.broker.ChildProcess;
import io.github.kafkagan.broker.FreePort;
import io.github.kafkagan.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a service to which nothing has come yet, and that goes away. */
@Timeout(240)
class EmptyPageIT {
  @TempDir private Path folder;

  @Test
  void whatIsMissingIsSaidInWordsAndAServiceThatIsBackIsFound() throws Exception {
    assumeTrue(
        Browser.isInstalled(),
        "needs a browser and its driver: apt-get install chromium chromium-driver");
    int port = FreePort.find();
    try (LocalBroker broker = LocalBroker.start(folder.resolve("kafka"));
        Browser browser = Browser.start()) {
      Process service = start(broker, port);
      try {
        browser.openOnceThere(page(port));
        assertThat(browser.text("#sheet-none")).startsWith("No pictures yet.");
        assertThat(browser.text("#loss-chart")).startsWith("No training yet.");
        assertThat(browser.text("#distance-chart")).startsWith("Not measured yet.");
        browser.await("it waits", () -> browser.text("#state").equals("Waiting for the producer"));

        browser.open(page(port) + "/#draw");
        browser.await(
            "there is no network",
            () -> browser.text("#draw-message").startsWith("There is no network to draw with"));
        assertThat(browser.errors()).isEmpty();
      } finally {
        service.destroyForcibly().waitFor();
      }

      browser.await(
          "it is gone", () -> browser.text("#state").equals("The service does not answer"));
      browser.find("nav a[href='#pipeline']").click();
      assertThat(browser.text("#unreachable")).contains("does not answer at 127.0.0.1:" + port);

      Process another = start(broker, port);
      try {
        browser.await(
            "it is back", () -> browser.text("#state").equals("Waiting for the producer"));
        assertThat(browser.find("#unreachable").isDisplayed()).isFalse();
      } finally {
        another.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(LocalBroker broker, int port) throws IOException {
    List<String> line =
        List.of(
            ChildProcess.java(),
            "-Xmx256m",
            "-jar",
            "../../generator-service/target/generator-service.jar",
            "--bootstrap-servers=" + broker.bootstrapServers(),
            "--ops-port=0",
            "--http-port=" + port,
            "--device=cpu");
    return ChildProcess.start(line, Map.of(), folder.resolve("service.log"));
  }

  private static String page(int port) {
    return "http://127.0.0.1:" + port;
  }
}
