package io.github.kafkagan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.bench.process.Python;
import io.github.kafkagan.broker.ChildProcess;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every measurement for about a second: that it works, not what it finds. */
class BenchIT {
  private static final int PATIENCE_MINUTES = 5;
  private static final int IMAGES = 600;

  @TempDir private Path folder;

  @Test
  void givenAQuickRunThenEveryComparisonHasFiguresAndSaysOnWhat() throws Exception {
    run("step", "feed", "defaults", "soak", "--preset=mlp-1024");

    for (String name : List.of("step", "feed", "defaults")) {
      JsonNode results = results(name + ".json");
      assertThat(results.path("machine").path("cores").asInt()).isPositive();
      assertThat(results.path("machine").path("date").asText()).startsWith("20");
      assertThat(results.path(name)).hasSize(1);
      JsonNode outcome = results.path(name).get(0);
      assertThat(outcome.path("name").asText()).isEqualTo(name + " mlp-1024");
      assertThat(outcome.path("ours").path("figure").path("median").asDouble()).isPositive();
      assertThat(outcome.path("theirs").path("figure").path("median").asDouble()).isPositive();
      assertThat(outcome.path("ratio").path("median").asDouble()).isPositive();
    }
    JsonNode samples = results("soak.json").path("soak").path("mlp-1024");
    assertThat(samples).hasSize(20);
    assertThat(samples.get(19).path("residentMiB").asDouble()).isPositive();
  }

  @Test
  void givenAQuickRunThenStreamAndStepAreMeasuredAgainstOthers() throws Exception {
    List<String> names = new ArrayList<>(List.of("produce", "ingest", "roofline", "growth"));
    if (Python.with("torch").isPresent()) {
      names.add("pytorch");
    }

    run(Stream.concat(names.stream(), Stream.of("--preset=mlp-1024")).toArray(String[]::new));

    for (String name : names) {
      JsonNode figures = results(name + ".json").path(name);
      assertThat(figures).as(name).isNotEmpty();
      requireFigures(figures);
    }
  }

  @Test
  void givenAQuickRunThenThePipelineIsMeasuredAsAWhole() throws Exception {
    run("together", "freshness", "checkpoints", "--preset=mlp-128");

    for (String name : List.of("together", "freshness", "checkpoints")) {
      JsonNode figures = results(name + ".json").path(name);
      assertThat(figures).as(name).isNotEmpty();
      requireFigures(figures);
    }
  }

  private static void requireFigures(JsonNode results) {
    for (JsonNode result : results) {
      String figure = result.has("ratio") ? "ratio" : "figure";
      assertThat(result.path(figure).path("median").asDouble()).as("%s", result).isPositive();
    }
  }

  @Test
  void givenAQuickRunThenTheServiceIsMeasuredAgainstItsPeers() throws Exception {
    run("serve");

    JsonNode serve = results("serve.json").path("serve");
    assertThat(serve.path("where").asText()).contains("share the cores of one machine");
    assertThat(serve.path("environment").path("OMP_WAIT_POLICY").asText()).isEqualTo("PASSIVE");
    List<String> names =
        new ArrayList<>(
            List.of(
                "throughput against its parts",
                "echo topology",
                "generator in a loop",
                "average batch",
                "throughput against no batches",
                "one at a time, a transaction per poll",
                "latency p50",
                "latency p50 against echo",
                "latency p99",
                "latency p99 against echo"));
    if (Python.with("kafka", "torch").isPresent()) {
      names.add(6, "throughput against Python");
    }
    assertThat(serve.path("results"))
        .extracting(result -> result.path("name").asText())
        .containsExactlyElementsOf(names);
    requireFigures(serve.path("results"));
  }

  @Test
  void givenAQuickRunThenSwapsAreMeasuredAndNoRequestFails() throws Exception {
    run("swaps", "fairness");

    requireFigures(results("fairness.json").path("fairness"));
    JsonNode swaps = results("swaps.json").path("swaps");
    JsonNode memory = swaps.path("memory");
    assertThat(memory).hasSize(10);
    assertThat(memory.get(9).path("swaps").asInt()).isEqualTo(20);
    assertThat(memory.get(9).path("residentMiB").asDouble())
        .isGreaterThan(memory.get(9).path("heapMiB").asDouble());
    assertThat(median(swaps, "failed requests")).isZero();
    assertThat(median(swaps, "swaps in these turns")).isPositive();
    assertThat(median(swaps, "a swap, until it is read")).isPositive();
    JsonNode latency = swaps.path("results").get(0);
    assertThat(latency.path("name").asText()).isEqualTo("latency p99 with swaps");
    assertThat(latency.path("ratio").path("median").asDouble()).isPositive();
  }

  private static double median(JsonNode report, String name) {
    for (JsonNode result : report.path("results")) {
      if (result.path("name").asText().equals(name)) {
        return result.path("figure").path("median").asDouble();
      }
    }
    throw new AssertionError("there is no " + name + " in " + report);
  }

  @Test
  void givenAPresetThenItsFiguresAndSheetAreCollected() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Random random = new Random(1);
    byte[] pixels = new byte[IMAGES * 28 * 28];
    byte[] labels = new byte[IMAGES];
    random.nextBytes(pixels);
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) (i % 10);
    }
    idx(data.resolve("train-images-idx3-ubyte"), pixels, IMAGES, 28, 28);
    idx(data.resolve("train-labels-idx1-ubyte"), labels, IMAGES);

    run("presets", "--preset=mlp-128", "--data-dir=" + data);

    JsonNode preset = results("presets.json").path("presets").path(0);
    assertThat(preset.path("preset").asText()).isEqualTo("mlp-128");
    assertThat(preset.path("steps").asLong()).isPositive();
    assertThat(preset.path("images").asLong()).isEqualTo(preset.path("steps").asLong() * 32);
    assertThat(preset.path("imagesPerSecond").asDouble()).isPositive();
    assertThat(Files.readAllBytes(folder.resolve("results/mlp-128.png"))).startsWith(0x89, 'P');
    assertThat(folder.resolve("results/PRESETS.md")).content().contains("| `mlp-128` |");
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                ChildProcess.java(),
                "-Xmx256m",
                "-jar",
                "target/bench.jar",
                "--home=../..",
                "--quick",
                "--threads=1",
                "--output=" + folder.resolve("results")));
    line.addAll(List.of(arguments));
    Path log = folder.resolve("bench.log");
    Process process = ChildProcess.start(line, Map.of("OMP_WAIT_POLICY", "PASSIVE"), log);
    try {
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      assertThat(ended && process.exitValue() == 0).as(() -> read(log)).isTrue();
    } finally {
      process.destroy();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private JsonNode results(String file) throws IOException {
    return Json.read(Files.readAllBytes(folder.resolve("results").resolve(file)), JsonNode.class);
  }

  private static void idx(Path file, byte[] elements, int... dimensions) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(new byte[] {0, 0, 8, (byte) dimensions.length});
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(elements);
    }
  }
}
