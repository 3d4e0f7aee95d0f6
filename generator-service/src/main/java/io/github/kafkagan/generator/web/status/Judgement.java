package io.github.kafkagan.generator.web.status;

import io.github.kafkagan.generator.web.status.Part.State;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the facts say of each part of the pipeline. */
final class Judgement {
  private static final Duration IMAGES_AGE = Duration.ofSeconds(10);
  private static final Duration TRAINING_AGE = Duration.ofSeconds(30);

  /** Fewer images than fill a few batches are no work. */
  private static final long NO_WORK = 1_024;

  private Judgement() {}

  /** Broker, producer, trainer and generator, in the order in which data passes them. */
  static List<Part> of(Facts facts) {
    return List.of(broker(facts), producer(facts), trainer(facts), generator(facts));
  }

  private static Part broker(Facts facts) {
    return facts.images().brokerAnswers()
        ? new Part("broker", State.UP, "It answers at %s.".formatted(facts.bootstrapServers()))
        : new Part(
            "broker", State.DOWN, "No broker answers at %s.".formatted(facts.bootstrapServers()));
  }

  private static Part producer(Facts facts) {
    ImageStream images = facts.images();
    if (!images.brokerAnswers()) {
      return unknown("producer");
    }
    if (images.position().isEmpty()) {
      return new Part("producer", State.WAITING, "No image has come yet.");
    }
    Duration age = age(facts.now(), images.newestTimestamp());
    return age.compareTo(IMAGES_AGE) <= 0
        ? new Part("producer", State.UP, text("%,.0f images per second.", images.imagesPerSecond()))
        : new Part(
            "producer",
            State.DOWN,
            "No image for %s: it has stopped, or its stream is over.".formatted(words(age)));
  }

  private static Part trainer(Facts facts) {
    if (!facts.images().brokerAnswers()) {
      return unknown("trainer");
    }
    if (facts.heardOfTrainer() == 0) {
      return new Part("trainer", State.WAITING, "Nothing has been heard of it yet.");
    }
    Duration age = age(facts.now(), facts.heardOfTrainer());
    if (age.compareTo(TRAINING_AGE) <= 0) {
      if (facts.trainerWaits()) {
        return new Part("trainer", State.WAITING, "It waits for images.");
      }
      String why =
          facts
              .lastStep()
              .map(
                  last ->
                      text(
                          "Step %,d, %,.0f images per second.",
                          last.step(), last.imagesPerSecond()))
              .orElse("It publishes checkpoints.");
      return new Part("trainer", State.UP, why);
    }
    if (facts.lag().orElse(Long.MAX_VALUE) < NO_WORK) {
      return new Part("trainer", State.WAITING, "It has trained on all images there are.");
    }
    return new Part("trainer", State.DOWN, "Nothing heard of it for %s.".formatted(words(age)));
  }

  private static Part generator(Facts facts) {
    return new Part(
        "generator",
        facts.readiness().ready() ? State.UP : State.WAITING,
        sentence(facts.readiness().reason()));
  }

  private static Part unknown(String name) {
    return new Part(name, State.WAITING, "Not known while no broker answers.");
  }

  private static Duration age(long now, long timestamp) {
    return Duration.ofMillis(Math.max(0, now - timestamp));
  }

  /** A duration as people say it. */
  private static String words(Duration age) {
    if (age.toSeconds() < 120) {
      return age.toSeconds() + " s";
    }
    return age.toMinutes() < 120 ? age.toMinutes() + " minutes" : age.toHours() + " hours";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String sentence(String reason) {
    return reason.isEmpty()
        ? reason
        : reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + ".";
  }
}
