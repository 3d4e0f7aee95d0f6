package io.github.kafkagan.generator.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.contract.CheckpointChoice;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServedModelsTest {
  private static final CheckpointChoice SERVED = new CheckpointChoice.Served();
  private static final CheckpointChoice LATEST = new CheckpointChoice.Latest();
  private static final CheckpointChoice BEST = new CheckpointChoice.Best();
  private static final CheckpointChoice ALL = new CheckpointChoice.All();

  @Test
  void givenASwapThenTheOldGeneratorClosesWithItsLastHolder() {
    FakeGenerator old = FakeGenerator.of(0);
    FakeGenerator fresh = FakeGenerator.of(0);
    ServedModels models = TestManifests.serving("digits", old);
    ServedGenerator first = held(models, null);
    ServedGenerator second = held(models, "digits");

    TestManifests.swap(models, 2, fresh);
    first.release();
    assertThat(old.isClosed()).isFalse();

    second.release();
    assertThat(old.isClosed()).isTrue();
    assertThat(held(models, null).manifest().version()).isEqualTo(2);
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
    ServedModels models = TestManifests.none("digits");
    models.announce("faces");

    assertThat(refusal(models, null, SERVED).code()).isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
    assertThat(refusal(models, "faces", ALL).code()).isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
    assertThat(refusal(models, "faces", new CheckpointChoice.Pinned(1)).code())
        .isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
    assertThat(refusal(models, "cats", SERVED))
        .hasMessage("there is no such model; there are digits, faces")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.UNKNOWN_MODEL);
    assertThat(models.names()).containsExactly("digits", "faces");
  }

  @Test
  void givenMoreThanAreKeptThenTheNewestStayAndCanBeChosen() {
    ServedModels models = models(Serving.latest());
    FakeGenerator first = FakeGenerator.of(0);
    TestManifests.serving(models, first);
    for (long version = 5; version >= 2; version--) {
      TestManifests.swap(models, version, FakeGenerator.of(0));
    }

    assertThat(models.loaded("digits")).extracting(Manifest::version).containsExactly(3L, 4L, 5L);
    assertThat(first.isClosed()).isTrue();
    assertThat(steps(models, SERVED)).containsExactly(500L);
    assertThat(steps(models, ALL)).containsExactly(300L, 400L, 500L);
    assertThat(steps(models, new CheckpointChoice.Pinned(400))).containsExactly(400L);
    assertThat(steps(models, new CheckpointChoice.AtLeast(400))).containsExactly(500L);
    assertThat(refusal(models, null, new CheckpointChoice.Pinned(200)))
        .hasMessage("step 200 of model digits is not loaded; there are 300, 400, 500")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.CHECKPOINT_GONE);
    assertThat(refusal(models, null, new CheckpointChoice.AtLeast(501)).code())
        .isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
  }

  @Test
  void givenTheSameBytesAgainThenTheyReplaceThemselves() {
    ServedModels models = models(Serving.latest());
    FakeGenerator first = FakeGenerator.of(0);
    TestManifests.serving(models, first);
    Manifest again = TestManifests.set("digits", 2, "spec", new byte[] {1}).manifest();

    models.add(new ServedGenerator(again, FakeGenerator.of(0)));

    assertThat(first.isClosed()).isTrue();
    assertThat(models.loaded("digits")).containsExactly(again);
    assertThat(models.isLoaded("digits", again.sha256())).isTrue();
  }

  @Test
  void givenGeneratorsOfAnotherShapeThenAllAreThoseLikeTheNewest() {
    ServedModels models = models(Serving.latest());
    TestManifests.serving(models, FakeGenerator.of(0));
    TestManifests.swap(models, 2, FakeGenerator.of(10));
    TestManifests.swap(models, 3, FakeGenerator.of(10));

    assertThat(steps(models, ALL)).containsExactly(200L, 300L);
  }

  @ParameterizedTest
  @EnumSource
  void givenABestOneThenItIsServedWhereThatIsWanted(Serving.Choice choice) {
    ServedModels models = models(new Serving(choice, 2));
    assertThat(refusal(models, null, BEST))
        .hasMessage("model digits has no best checkpoint yet: evaluations choose it")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.NO_CHECKPOINT_YET);

    add(models, 1, 10);
    crown(models, 2, 9);
    add(models, 3, 11);

    assertThat(steps(models, BEST)).containsExactly(200L);
    assertThat(steps(models, LATEST)).containsExactly(300L);
    assertThat(steps(models, SERVED)).containsExactly(choice == Serving.Choice.best ? 200L : 300L);
  }

  @Test
  void givenAGateThenWhatIsMuchWorseThanTheBestIsHeldBack() {
    ServedModels models = models(new Serving(Serving.Choice.gated, 2));
    add(models, 1, 10);
    crown(models, 1, 10);

    add(models, 2, 20.1);
    assertThat(steps(models, SERVED)).containsExactly(100L);
    assertThat(models.holdsBack("digits")).isTrue();
    assertThat(steps(models, LATEST)).containsExactly(200L);

    add(models, 3, 20);
    assertThat(steps(models, SERVED)).containsExactly(300L);
    assertThat(models.holdsBack("digits")).isFalse();
  }

  @Test
  void givenAGateThenWhatNobodyJudgedPassesOnlyAsLongAsNothingWasJudged() {
    ServedModels models = models(new Serving(Serving.Choice.gated, 2));
    addUnjudged(models, 1);
    assertThat(steps(models, SERVED)).containsExactly(100L);

    crown(models, 2, 10);
    addUnjudged(models, 3);
    assertThat(steps(models, SERVED)).containsExactly(100L);
    assertThat(models.holdsBack("digits")).isTrue();

    add(models, 4, 11);
    assertThat(steps(models, SERVED)).containsExactly(400L);
  }

  @Test
  void givenAGateAndAStartAtWhichNoneOfTheNewestPassesThenTheBestIsServedMeanwhile() {
    ServedModels models = models(new Serving(Serving.Choice.gated, 2));
    crown(models, 1, 10);
    add(models, 2, 100);
    assertThat(steps(models, SERVED)).containsExactly(100L);

    add(models, 3, 11);
    assertThat(steps(models, SERVED)).containsExactly(300L);
  }

  @Test
  void givenAGateAndOnlyWorseOnesForLongThenTheServedOneStaysBeyondThoseThatAreKept() {
    ServedModels models = models(new Serving(Serving.Choice.gated, 1.5));
    add(models, 1, 10);
    crown(models, 1, 10);

    for (long version = 2; version < 10; version++) {
      add(models, version, 100);
    }

    assertThat(models.loaded("digits")).extracting(Manifest::version).containsExactly(7L, 8L, 9L);
    assertThat(steps(models, SERVED)).containsExactly(100L);
  }

  @Test
  void givenAnotherTopicThenItsLowerVersionsAreServed() {
    ServedModels models = models(Serving.latest());
    add(models, 5, 1);
    crown(models, 5, 1);

    models.startAnew();
    assertThat(steps(models, SERVED)).containsExactly(500L);
    assertThat(models.best("digits")).isEmpty();
    add(models, 1, 1);

    assertThat(steps(models, SERVED)).containsExactly(100L);
    assertThat(steps(models, ALL)).containsExactly(100L);
  }

  @Test
  void givenACheckpointThenWhoeverWaitsForAChangeHearsOfIt() {
    ServedModels models = models(Serving.latest());
    CompletableFuture<Void> change = models.nextChange();
    assertThat(change).isNotDone();

    add(models, 1, 1);
    assertThat(change).isCompleted();
    CompletableFuture<Void> next = models.nextChange();
    assertThat(next).isNotDone();

    crown(models, 1, 1);
    assertThat(next).isCompleted();
  }

  @Test
  void givenTheEndThenEveryGeneratorIsClosed() {
    ServedModels models = models(Serving.latest());
    FakeGenerator served = FakeGenerator.of(0);
    FakeGenerator best = FakeGenerator.of(0);
    TestManifests.serving(models, served);
    models.crown(new ServedGenerator(TestManifests.set("digits", 1).manifest(), best));

    models.close();

    assertThat(served.isClosed()).isTrue();
    assertThat(best.isClosed()).isTrue();
    assertThat(models.manifest("digits")).isEmpty();
  }

  private static ServedModels models(Serving serving) {
    return new ServedModels(new ServedModels.Settings("digits", serving, 3));
  }

  private static void add(ServedModels models, long version, double distance) {
    CheckpointSet set = TestManifests.judged(TestManifests.set("digits", version), distance);
    models.add(new ServedGenerator(set.manifest(), FakeGenerator.of(0)));
  }

  private static void addUnjudged(ServedModels models, long version) {
    Manifest manifest = TestManifests.set("digits", version).manifest();
    models.add(new ServedGenerator(manifest, FakeGenerator.of(0)));
  }

  private static void crown(ServedModels models, long version, double distance) {
    CheckpointSet set = TestManifests.judged(TestManifests.set("digits", version), distance);
    models.crown(new ServedGenerator(set.manifest(), FakeGenerator.of(0)));
  }

  private static List<Long> steps(ServedModels models, CheckpointChoice choice) {
    List<ServedGenerator> generators = models.hold(null, choice);
    generators.forEach(ServedGenerator::release);
    return generators.stream().map(generator -> generator.manifest().step()).toList();
  }

  private static ServedGenerator held(ServedModels models, @Nullable String model) {
    return models.hold(model, SERVED).get(0);
  }

  private static RequestException refusal(
      ServedModels models, @Nullable String model, CheckpointChoice choice) {
    return catchThrowableOfType(RequestException.class, () -> models.hold(model, choice));
  }
}
