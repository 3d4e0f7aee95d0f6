package io.github.kafkagan.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void givenAHundredLatenciesThenOneMayExceedTheNinetyNinthPercentile() {
    List<Double> millis = DoubleStream.iterate(100, one -> one - 1).limit(100).boxed().toList();

    assertThat(Latencies.of(millis, 120, 3)).isEqualTo(new Latencies(50, 99, 100, 120, 3));
  }

  @Test
  void givenFewLatenciesThenTheLargestIsAmongThem() {
    assertThat(Latencies.of(List.of(7.0), 1, 0)).isEqualTo(new Latencies(7, 7, 7, 1, 0));
    assertThat(Latencies.of(List.of(1.0, 2.0, 3.0), 3, 0)).isEqualTo(new Latencies(2, 3, 3, 3, 0));
  }
}
