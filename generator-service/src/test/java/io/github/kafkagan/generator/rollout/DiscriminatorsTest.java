package io.github.kafkagan.generator.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscriminatorsTest {
  private static final byte[] TWO_IMAGES = {5, 0, 0, 0, (byte) 200, 0, 0, 0};
  private static final float[] LOGITS_OF_BOTH = {
    FakeScorer.logit(new byte[] {5}), FakeScorer.logit(new byte[] {(byte) 200})
  };

  private final List<FakeScorer> loaded = new ArrayList<>();
  private final Discriminators discriminators = new Discriminators(this::load);
  private final ServedGenerator generator =
      new ServedGenerator(TestManifests.set("digits", 9).manifest(), FakeGenerator.of(0));

  private ImageScorer load(CheckpointSet set) {
    FakeScorer scorer = FakeScorer.load(set);
    loaded.add(scorer);
    return scorer;
  }

  @Test
  void givenNoRequestThenNoDiscriminatorIsBuilt() {
    offer(1);

    assertThat(loaded).isEmpty();
  }

  @Test
  void givenRequestsThenTheNewestDiscriminatorIsBuiltOnce() {
    offer(1);
    assertThat(logits()).containsExactly(LOGITS_OF_BOTH);
    assertThat(logits()).containsExactly(LOGITS_OF_BOTH);
    offer(2);
    offer(3);
    logits();

    assertThat(loaded).extracting(FakeScorer::version).containsExactly(1L, 3L);
    assertThat(loaded.get(0).isClosed()).isTrue();
    assertThat(loaded.get(1).isClosed()).isFalse();

    discriminators.close();
    assertThat(loaded.get(1).isClosed()).isTrue();
  }

  @Test
  void givenNoDiscriminatorOrOneThatCannotBeUsedThenThatIsSaid() {
    assertThat(refusal())
        .hasMessage("model digits has no discriminator that judges single images yet")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.SCORE_UNAVAILABLE);

    discriminators.offer(TestManifests.set("digits", 1, Map.of(), new byte[0]));

    assertThat(refusal()).hasMessage("the newest discriminator of model digits cannot be used");
    offer(2);
    assertThat(logits()).hasSize(2);
  }

  @Test
  void givenADiscriminatorOfOtherImagesThenThatIsSaid() {
    Discriminators others =
        new Discriminators(
            set ->
                new ImageScorer() {
                  @Override
                  public boolean judges(ImageShape shape, int classes) {
                    return false;
                  }

                  @Override
                  public float[] logits(byte[] pixels, int[] labels) {
                    throw new AssertionError("not asked for");
                  }

                  @Override
                  public void close() {}
                });
    others.offer(TestManifests.set("digits", 1));

    assertThat(
            catchThrowableOfType(
                RequestException.class, () -> others.logits(generator, TWO_IMAGES, new int[0])))
        .hasMessage("the newest discriminator of model digits is for other images");
  }

  private void offer(long version) {
    discriminators.offer(
        TestManifests.inSlot(Slots.DISCRIMINATOR, TestManifests.set("digits", version)));
  }

  private float[] logits() {
    return discriminators.logits(generator, TWO_IMAGES, new int[0]);
  }

  private RequestException refusal() {
    return catchThrowableOfType(RequestException.class, this::logits);
  }
}
