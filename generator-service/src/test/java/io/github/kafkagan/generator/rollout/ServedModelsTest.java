package io.github.kafkagan.generator.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServedModelsTest {
  @Test
  void givenASwapThenTheOldGeneratorClosesWithItsLastHolder() {
    FakeGenerator old = FakeGenerator.of(0);
    FakeGenerator fresh = FakeGenerator.of(0);
    ServedModels models = TestManifests.serving("digits", old);
    ServedGenerator first = models.hold(null);
    ServedGenerator second = models.hold("digits");

    TestManifests.swap(models, 2, fresh);
    first.release();
    assertThat(old.isClosed()).isFalse();

    second.release();
    assertThat(old.isClosed()).isTrue();
    assertThat(models.hold(null).manifest().version()).isEqualTo(2);
  }

  @Test
  void givenNoHolderThenTheOldGeneratorClosesAtOnce() {
    FakeGenerator old = FakeGenerator.of(0);
    ServedModels models = TestManifests.serving("digits", old);

    TestManifests.swap(models, 2, FakeGenerator.of(0));

    assertThat(old.isClosed()).isTrue();
  }

  @Test
  void givenNothingServedThenTheErrorSaysWhetherTheModelExists() {
    ServedModels models = new ServedModels("digits");
    models.announce("faces");

    assertThat(refusal(models, null).code()).isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
    assertThat(refusal(models, "faces").code()).isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
    assertThat(refusal(models, "cats"))
        .hasMessage("there is no such model; there are digits, faces")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.UNKNOWN_MODEL);
  }

  @Test
  void givenTheEndThenWhatIsServedIsClosed() {
    FakeGenerator generator = FakeGenerator.of(0);
    ServedModels models = TestManifests.serving("digits", generator);

    models.close();

    assertThat(generator.isClosed()).isTrue();
    assertThat(models.manifest("digits")).isEmpty();
  }

  private static RequestException refusal(ServedModels models, @Nullable String model) {
    return catchThrowableOfType(RequestException.class, () -> models.hold(model));
  }
}
