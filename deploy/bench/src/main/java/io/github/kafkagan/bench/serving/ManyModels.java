package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.measure.Outcome;
import io.github.kafkagan.bench.measure.Rounds;
import io.github.kafkagan.bench.measure.Series;
import io.github.kafkagan.bench.measure.Target;
import io.github.kafkagan.bench.measure.Turns;
import io.github.kafkagan.broker.LocalBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What an image costs a service that has many models loaded, against one that has a single one. */
public record ManyModels(Setting setting) {
  private static final int MODELS = 16;

  /** Within 1.2 of the first value. */
  private static final Target THAN_ONE_MODEL = Target.atLeast(1 / 1.2);

  /**
   * Measures.
   *
   * @param data where the broker keeps its data
   */
  public Outcome run(Path data) {
    try (LocalBroker broker = LocalBroker.start(data)) {
      Channel one = Channel.create(broker.bootstrapServers(), "one");
      Channel many = Channel.create(broker.bootstrapServers(), "many");
      publish(one, Digits.MODEL);
      publish(many, Digits.MODEL);
      IntStream.range(1, MODELS).forEach(number -> publish(many, Digits.MODEL + "-" + number));
      try (ServiceProcess single = ServiceProcess.start(setting, one);
          ServiceProcess crowded = ServiceProcess.start(setting, many)) {
        single.respondent().first();
        crowded.respondent().first();
        Rounds rounds = setting.rounds();
        List<List<Double>> rates =
            Turns.take(
                List.of(crowded.respondent()::throughput, single.respondent()::throughput), rounds);
        return Outcome.of(
            "growth, %d models".formatted(MODELS),
            "images/s",
            new Series("%d models loaded".formatted(MODELS), rates.get(0)),
            new Series("1 model loaded", rates.get(1)),
            THAN_ONE_MODEL);
      }
    }
  }

  private static void publish(Channel channel, String model) {
    try (Digits digits = Digits.open(channel, model)) {
      digits.publish();
    }
  }
}
