package io.github.kafkagan.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.bench.measure.Finding;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.pipeline.codec.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {
  @Test
  void givenResultsThenEachThatWasWantedHasItsBar(@TempDir Path folder) throws Exception {
    Series slow = new Series("slow", List.of(50.0, 40.0));
    Series quick = new Series("quick", List.of(100.0, 100.0));
    Outcome half = Outcome.of("half as fast", "images/s", slow, quick, Target.atLeast(0.9));
    Finding prompt = Finding.wanted("prompt & sure", "ms", slow, Target.atMost(90));
    Finding known = Finding.known("not wanted", "ms", slow);
    Files.writeString(
        folder.resolve("one.json"), Json.pretty(Map.of("one", List.of(half, prompt, known))));

    Chart.draw(folder);

    assertThat(folder.resolve("chart.svg"))
        .content()
        // 0.45 of 0.9: half the way to what was wanted, which is half of the chart.
        .contains("half as fast", "class=\"missed\" x=\"400\" y=\"34\" width=\"75.0\"")
        .contains("0.45 ×, wanted ≥ 0.90")
        // 45 of at most 90: twice as good as wanted, which is where the chart ends.
        .contains("prompt &amp; sure", "class=\"reached\" x=\"400\" y=\"58\" width=\"300.0\"")
        .doesNotContain("not wanted");
  }
}
