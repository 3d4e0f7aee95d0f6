package io.github.kafkagan.generator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void givenOneLabelThenAllImagesGetIt() {
    assertThat(Labels.of(request(3, 7), 1, 10)).containsExactly(7, 7, 7);
  }

  @Test
  void givenOneLabelPerImageThenEachGetsItsOwn() {
    assertThat(Labels.of(request(3, 7, 0, 9), 1, 10)).containsExactly(7, 0, 9);
  }

  @Test
  void givenNoLabelsThenTheyAreDrawnFromTheSeedAndAllClassesOccur() {
    int[] labels = Labels.of(request(1000), 1, 10);

    assertThat(Arrays.stream(labels).distinct().sorted())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Labels.of(request(10), 1, 10)).isEqualTo(Arrays.copyOf(labels, 10));
    assertThat(Labels.of(request(1000), 2, 10)).isNotEqualTo(labels);
  }

  @Test
  void givenAModelWithoutClassesThenLabelsAreRefused() {
    assertThat(Labels.of(request(3), 1, 0)).isEmpty();
    assertThat(refusal(request(3, 7), 0).code()).isEqualTo(ErrorCode.MODEL_WITHOUT_LABELS);
  }

  @Test
  void givenALabelThatTheModelDoesNotHaveThenItIsRefused() {
    assertThat(refusal(request(2, 0, 10), 10))
        .hasMessage("labels must be 0 to 9, one was 10")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.LABEL_OUT_OF_RANGE);
    assertThat(refusal(request(1, -1), 10).code()).isEqualTo(ErrorCode.LABEL_OUT_OF_RANGE);
  }

  @Test
  void givenAWayBetweenSeedsThenAllImagesHaveTheLabelOfItsBeginning() {
    GenerationRequest way =
        Requests.of("{\"interpolate\": {\"from\": 5, \"to\": 6, \"frames\": 4}}");

    assertThat(Labels.of(way, 5, 10)).containsOnly(Labels.of(request(1), 5, 10)[0]);
  }

  private static RequestException refusal(GenerationRequest request, int classes) {
    return catchThrowableOfType(RequestException.class, () -> Labels.of(request, 1, classes));
  }

  private static GenerationRequest request(int count, Integer... labels) {
    return Requests.of("{\"count\": %d, \"labels\": %s}".formatted(count, List.of(labels)));
  }
}
