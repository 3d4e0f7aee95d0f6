package io.github.kafkagan.generator.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.generator.web.status.Part.State;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.observe.Readiness;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final ImageStream FLOWING = stream(true, 10_000, NOW - 400);

  /** Of step 100, with 6,400 images seen. */
  private static final Manifest SERVED = TestManifests.set("digits", 1).manifest();

  @Test
  void givenAPipelineThatRunsThenEverythingIsUp() {
    List<Part> parts = judge(FLOWING, step(NOW - 1_000), NOW - 2_000);

    assertThat(parts).extracting(Part::state).containsOnly(State.UP);
    assertThat(parts)
        .extracting(Part::why)
        .containsExactly(
            "It answers at broker:9092.",
            "1,234 images per second.",
            "Step 2,000, 987 images per second.",
            "Serving model digits, step 100.");
  }

  @Test
  void givenNoBrokerThenItIsDownAndWhatDependsOnItIsNotKnown() {
    List<Part> parts = judge(FLOWING.unanswered(), step(NOW - 1_000), NOW);

    assertThat(parts.get(0))
        .isEqualTo(new Part("broker", State.DOWN, "No broker answers at broker:9092."));
    assertThat(parts.get(1).state()).isEqualTo(State.WAITING);
    assertThat(parts.get(2).why()).isEqualTo("Not known while no broker answers.");
  }

  @Test
  void givenNothingYetThenEverythingWaits() {
    ImageStream empty = new ImageStream(true, true, Optional.empty(), 0, 0);

    List<Part> parts = judge(empty, Optional.empty(), 0);

    assertThat(parts.get(1).why()).isEqualTo("No image has come yet.");
    assertThat(parts.get(2).why()).isEqualTo("Nothing has been heard of it yet.");
    assertThat(parts.subList(1, 3)).extracting(Part::state).containsOnly(State.WAITING);
  }

  @Test
  void givenNoImageForTenSecondsThenTheProducerIsDown() {
    assertThat(judge(stream(true, 10_000, NOW - 9_900), step(NOW), NOW).get(1).state())
        .isEqualTo(State.UP);
    assertThat(judge(stream(true, 10_000, NOW - 42_000), step(NOW), NOW).get(1))
        .isEqualTo(
            new Part(
                "producer",
                State.DOWN,
                "No image for 42 s: it has stopped, or its stream is over."));
  }

  @Test
  void givenNothingFromTheTrainerForHalfAMinuteThenItIsDown() {
    assertThat(judge(FLOWING, step(NOW - 29_000), 0).get(2).state()).isEqualTo(State.UP);
    assertThat(judge(stream(true, 200_000, NOW), step(NOW - 300_000), 0).get(2))
        .isEqualTo(new Part("trainer", State.DOWN, "Nothing heard of it for 5 minutes."));
  }

  @Test
  void givenSignsOfLifeFromTheFutureThenTheyAreNone() {
    assertThat(judge(stream(true, 200_000, NOW), step(NOW - 300_000), NOW + 60_000).get(2).state())
        .isEqualTo(State.DOWN);
  }

  @Test
  void givenASlowStreamThenCheckpointsAreASignOfLifeToo() {
    assertThat(judge(stream(true, 200_000, NOW), step(NOW - 300_000), NOW - 4_000).get(2).state())
        .isEqualTo(State.UP);
  }

  @Test
  void givenATrainerWithoutWorkThenItWaits() {
    // 128,000 images seen, and there are no more.
    assertThat(judge(stream(true, 128_010, NOW - 60_000), step(NOW - 60_000), 0).get(2))
        .isEqualTo(new Part("trainer", State.WAITING, "It has trained on all images there are."));
  }

  @Test
  void givenATrainerThatSaysItHasNoImagesThenItWaitsUntilItTrainsOrIsSilent() {
    assertThat(trainer(waiting(NOW - 1_000, NOW - 60_000)))
        .isEqualTo(new Part("trainer", State.WAITING, "It waits for images."));
    assertThat(trainer(waiting(NOW - 60_000, NOW - 1_000)).state()).isEqualTo(State.UP);
    assertThat(trainer(waiting(NOW - 40_000, NOW - 60_000)))
        .isEqualTo(new Part("trainer", State.DOWN, "Nothing heard of it for 40 s."));
  }

  private static Part trainer(Facts facts) {
    return Judgement.of(facts).get(2);
  }

  private static Facts waiting(long waiting, long step) {
    ImageStream images = stream(true, 200_000, NOW);
    Readiness ready = Readiness.ready("serving");
    return new Facts(NOW, "broker:9092", images, step(step), waiting, 0, Optional.empty(), ready);
  }

  @Test
  void givenAServiceThatIsNotReadyThenItSaysWhatItWaitsFor() {
    Facts facts =
        new Facts(
            NOW,
            "broker:9092",
            FLOWING,
            step(NOW),
            0,
            0,
            Optional.empty(),
            Readiness.notReady("model digits has no checkpoint yet"));

    assertThat(Judgement.of(facts).get(3))
        .isEqualTo(new Part("generator", State.WAITING, "Model digits has no checkpoint yet."));
  }

  @Test
  void theLagIsFromTheNewestStepToTheEndOfTheStream() {
    assertThat(facts(stream(true, 130_000, NOW), step(NOW), 0, Optional.of(SERVED)).lag())
        .hasValue(2_000);
    assertThat(facts(stream(true, 130_000, NOW), step(NOW), 0, Optional.empty()).lag())
        .hasValue(2_000);
    assertThat(facts(stream(true, 7_000, NOW), Optional.empty(), 0, Optional.of(SERVED)).lag())
        .hasValue(600);
    assertThat(facts(FLOWING, Optional.empty(), 0, Optional.empty()).lag())
        .isEqualTo(OptionalLong.empty());
  }

  private static Optional<LastStep> step(long timestamp) {
    return Optional.of(new LastStep(timestamp, 2_000, 128_000, 987));
  }

  private static ImageStream stream(boolean answers, long position, long newest) {
    return new ImageStream(answers, true, Optional.of(position), newest, 1_234);
  }

  private static List<Part> judge(ImageStream images, Optional<LastStep> step, long sheet) {
    return Judgement.of(facts(images, step, sheet, Optional.empty()));
  }

  private static Facts facts(
      ImageStream images, Optional<LastStep> step, long sheet, Optional<Manifest> served) {
    return new Facts(
        NOW,
        "broker:9092",
        images,
        step,
        0,
        sheet,
        served,
        Readiness.ready("serving model digits, step 100"));
  }
}
