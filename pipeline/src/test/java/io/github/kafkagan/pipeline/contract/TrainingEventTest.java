package io.github.kafkagan.pipeline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import org.junit.jupiter.api.Test;

class TrainingEventTest {
  @Test
  void aStepGoesThroughJsonUnderItsType() {
    TrainingEvent step =
        new TrainingEvent.Step(
            "digits", "run", 5, 20, 1280, 1280, 1790000000000L, 1500.5, 0.5, 2.5, 0.75, 0.25);

    JsonNode json = Json.tree(step);

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "type",
            "model",
            "runId",
            "timestamp",
            "step",
            "imagesSeen",
            "nextPosition",
            "newestImageTimestamp",
            "imagesPerSecond",
            "lossDiscriminator",
            "lossGenerator",
            "scoreReal",
            "scoreFake");
    assertThat(json.get("type").asText()).isEqualTo("step");
    assertThat(Json.value(json, TrainingEvent.class)).isEqualTo(step);
  }

  @Test
  void aTrainerThatWaitsSaysWhereItIs() {
    TrainingEvent waiting = new TrainingEvent.Waiting("digits", "run", 5, 20, 1280, 1290, 7);

    assertThat(Json.tree(waiting).get("type").asText()).isEqualTo("waiting");
    assertThat(Json.read(Json.bytes(waiting), TrainingEvent.class)).isEqualTo(waiting);
  }
}
