package io.github.kafkagan.bench.live;

import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Result;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.process.LoggedProcess;
import io.github.kafkagan.bench.stream.StrokeImages;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long a newcomer waits: from {@code deploy/demo.sh} to the first picture that the service has
 * generated for a request by topic, on images that are there already.
 *
 * @param places of what is measured
 * @param times that the demo is started
 */
public record DemoStart(LivePipeline.Places places, int times) {
  private static final Target SOON = Target.atMost(30);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int IMAGES = 10_000;

  /** What the demo asks for first. */
  private static final String FIRST = "request-1.png";

  /** Measures. */
  public List<Result> run() throws IOException, InterruptedException {
    Path images = Files.createDirectories(places.images());
    StrokeImages.draw(IMAGES).writeDataset(images);
    List<Double> seconds = new ArrayList<>();
    for (int time = 1; time <= times; time++) {
      seconds.add(secondsToFirstImage(images, places.data().resolve("demo-" + time)));
    }
    return List.of(
        Finding.wanted(
            "deploy/demo.sh → first generated image", "s", new Series("", seconds), SOON));
  }

  private double secondsToFirstImage(Path images, Path output) throws InterruptedException {
    List<String> demo =
        List.of(
            places.home().resolve("deploy/demo.sh").toString(),
            "--data-dir=" + images,
            "--output=" + output);
    long begin = System.nanoTime();
    try (LoggedProcess process = LoggedProcess.start("demo", places.logs(), Map.of(), demo)) {
      Path first = output.resolve(FIRST);
      while (Files.notExists(first)) {
        process.requireAlive();
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw UserError.failed(
              "there is no %s after %d s".formatted(first, PATIENCE.toSeconds()));
        }
        Thread.sleep(20);
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }
}
