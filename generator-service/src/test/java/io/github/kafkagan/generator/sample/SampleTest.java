package io.github.kafkagan.generator.sample;

import static io.github.kafkagan.generator.sample.RunningSampler.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.gan.Latents;
import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which images a request gets. */
@Timeout(120)
class SampleTest {
  private final RunningSampler running = new RunningSampler();
  private final Semaphore permits = running.permits();

  @AfterEach
  void close() {
    running.close();
  }

  @Test
  void givenNoSeedThenOneIsDrawnAndTold() {
    permits.release(1000);

    Sample first = running.submit("{\"count\": 2}").join();
    Sample again = running.submit(2, first.seed()).join();

    assertThat(again.pixels()).isEqualTo(first.pixels());
    assertThat(running.submit("{\"count\": 2}").join().seed()).isNotEqualTo(first.seed());
  }

  @Test
  void givenTruncationThenLatentVectorsShrink() {
    permits.release(1000);
    Sample sample =
        running.submit("{\"count\": 2, \"seed\": 1, \"labels\": [0], \"truncation\": 0}").join();

    assertThat(sample.image(0)).containsExactly(0, 1, 2, 3).isEqualTo(sample.image(1));
  }

  @Test
  void givenAModelThatIsNotThereThenThatIsSaidAtOnce() {
    assertThat(refusal(running.submit("{\"model\": \"cats\"}")).code())
        .isEqualTo(ErrorCode.UNKNOWN_MODEL);
  }

  @Test
  void givenLatentVectorsThenTheImagesAreTheirs() {
    permits.release(1000);
    Sample drawn = running.submit("{\"seed\": 42, \"labels\": [3]}").join();
    List<Float> vector = new ArrayList<>();
    for (float number : Latents.draw(42, 1, FakeGenerator.LATENT_SIZE)) {
      vector.add(number);
    }

    Sample given =
        running.submit("{\"latents\": [%s, %s], \"labels\": [3]}".formatted(vector, vector)).join();

    assertThat(given.image(0)).isEqualTo(drawn.image(0)).isEqualTo(given.image(1));
    assertThat(refusal(running.submit("{\"latents\": [[1, 2]]}")))
        .hasMessage("a latent vector of this model has 3 numbers, not 2")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.LATENTS_MALFORMED);
  }

  @Test
  void givenAWayBetweenSeedsThenItsEndsAreTheSeedsImages() {
    permits.release(1000);

    Sample way =
        running
            .submit("{\"interpolate\": {\"from\": 1, \"to\": 2, \"frames\": 5}, \"labels\": [3]}")
            .join();

    assertThat(way.count()).isEqualTo(5);
    assertThat(way.image(0))
        .isEqualTo(running.submit("{\"seed\": 1, \"labels\": [3]}").join().image(0));
    assertThat(way.image(4))
        .isEqualTo(running.submit("{\"seed\": 2, \"labels\": [3]}").join().image(0));
    assertThat(way.image(2)).isNotEqualTo(way.image(0)).isNotEqualTo(way.image(4));
  }
}
