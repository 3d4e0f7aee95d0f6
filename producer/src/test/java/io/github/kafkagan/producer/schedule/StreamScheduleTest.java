package io.github.kafkagan.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.kafkagan.producer.source.IdxFiles;
import io.github.kafkagan.producer.source.ImageSet;
import io.github.kafkagan.producer.source.ImageSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamScheduleTest {
  private static final int COUNT = 50;
  private static final int CLASSES = 10;

  @TempDir Path folder;
  private ImageSets sets;

  @BeforeEach
  void readImages() throws IOException {
    ImageSet own = IdxFiles.read(IdxFiles.write(folder, COUNT, 2, 3, CLASSES), "own");
    ImageSet other =
        IdxFiles.read(IdxFiles.write(folder.resolve("other"), 7, 2, 3, CLASSES), "other");
    sets = ImageSets.of(List.of(own, other));
  }

  @Test
  void streamsOnlyImagesWithTheLabels() {
    StreamSchedule schedule = new StreamSchedule(sets, plan("0-2,7", 0, 0), 0);

    assertThat(schedule.phases().get(0).imagesPerEpoch()).isEqualTo(4 * COUNT / CLASSES);
    assertThat(labels(schedule, 0, 200)).containsOnly(0, 1, 2, 7);
  }

  @Test
  void beginsAnEpochAtItsOrigin() {
    StreamSchedule fromZero = new StreamSchedule(sets, plan("", 0, 0), 0);
    StreamSchedule later = new StreamSchedule(sets, plan("", 0, 0), 1234);

    int[] epoch = indices(later, 1234, 1234 + COUNT);
    assertThat(epoch).isEqualTo(indices(fromZero, 0, COUNT));
    assertThat(epoch).containsExactlyInAnyOrder(IntStream.range(0, COUNT).toArray());
  }

  @Test
  void endsAfterItsEpochsOrAtTheLimitWhicheverComesFirst() {
    assertThat(new StreamSchedule(sets, plan("", 0, 0), 7).end()).isEqualTo(Long.MAX_VALUE);
    assertThat(new StreamSchedule(sets, plan("", 3, 0), 7).end()).isEqualTo(7 + 3 * COUNT);
    assertThat(new StreamSchedule(sets, plan("", 3, 100), 7).end()).isEqualTo(100);
    assertThat(new StreamSchedule(sets, plan("", 1, 100), 7).end()).isEqualTo(7 + COUNT);
    assertThat(new StreamSchedule(sets, plan("", 0, 100), 7).end()).isEqualTo(100);
  }

  @Test
  void eachPhaseHasItsImagesAndItsPlace() {
    // Given three phases from position 5 on
    StreamSchedule schedule =
        phases(5, "labels=0-1 images=30 then dataset=other images=9 then labels=all");

    // Then each stands behind the one before, the last without an end
    assertThat(schedule.phases()).extracting(ScheduledPhase::begin).containsExactly(5L, 35L, 44L);
    assertThat(schedule.end()).isEqualTo(Long.MAX_VALUE);
    assertThat(schedule.phaseAt(34).number()).isEqualTo(1);
    assertThat(schedule.phaseAt(35).number()).isEqualTo(2);
    assertThat(schedule.phaseAt(1_000_000).number()).isEqualTo(3);

    // And holds its own images
    assertThat(labels(schedule, 5, 35)).containsOnly(0, 1);
    assertThat(datasets(schedule, 5, 35)).containsOnly("own");
    assertThat(datasets(schedule, 35, 44)).containsOnly("other");
    assertThat(indices(schedule, 35, 42))
        .containsExactlyInAnyOrder(IntStream.range(0, 7).toArray());
    assertThat(indices(schedule, 44, 44 + COUNT))
        .containsExactlyInAnyOrder(IntStream.range(0, COUNT).toArray());
  }

  @Test
  void anImageDependsOnItsPositionAloneInEveryPhase() {
    String text = "images=70 then labels=3-5 images=40 then dataset=other";
    int[] forwards = indices(phases(0, text), 0, 200);
    StreamSchedule again = phases(0, text);

    int[] backwards = new int[200];
    for (int position = 199; position >= 0; position--) {
      backwards[position] = again.imageAt(position).index();
    }

    assertThat(backwards).isEqualTo(forwards);
  }

  @Test
  void phasesWithTheSameImagesHaveOrdersOfTheirOwn() {
    StreamSchedule schedule = phases(0, "images=" + COUNT + " then labels=all");

    assertThat(indices(schedule, COUNT, 2 * COUNT)).isNotEqualTo(indices(schedule, 0, COUNT));
  }

  @Test
  void theLastPhaseEndsItselfOrByTheEpochsOrAtTheLimit() {
    List<Phase> phases = new PhaseParser("own").parse("images=30 then dataset=other images=100");

    assertThat(schedule(0, phases, 0, 0).end()).isEqualTo(130);
    assertThat(schedule(0, phases, 2, 0).end()).isEqualTo(30 + 2 * 7);
    assertThat(schedule(0, phases, 2, 40).end()).isEqualTo(40);
    assertThat(schedule(0, phases, 0, 20).end()).isEqualTo(20);
  }

  @Test
  void itsFingerprintTellsWhatDecidesTheOrder() {
    assertThat(fingerprint(plan("1,0", 0, 0))).isEqualTo("own 50x2x3x1 seed=5 labels=0,1");
    assertThat(fingerprint(plan("1,0", 0, 0))).isEqualTo(fingerprint(plan("0-1", 9, 9)));
    Phase all = Phase.endless("own", LabelFilter.ALL);
    assertThat(fingerprint(new StreamPlan(List.of(all), false, 5, 0, 0)))
        .isEqualTo("own 50x2x3x1 unshuffled labels=all");
    assertThat(phases(3, "labels=0 images=9 then dataset=other images=4").fingerprint())
        .isEqualTo("own 50x2x3x1 seed=5 labels=0 images=9 then other 7x2x3x1 seed=5 labels=all");
  }

  @Test
  void refusesLabelsThatTheSetDoesNotHave() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamSchedule(sets, plan("8-11", 0, 0), 0))
        .withMessage("own has no images with labels 10, 11; it has 0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> phases(0, "labels=8 images=1 then dataset=other labels=8"))
        .withMessageStartingWith("other has no images with labels 8; it has 0, 1");
    ImageSets unlabelled =
        ImageSets.of(List.of(ImageSet.read("own", folder.resolve(IdxFiles.IMAGES + ".gz"), null)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamSchedule(unlabelled, plan("1", 0, 0), 0))
        .withMessageContaining("it has no labels");
  }

  @Test
  void refusesANegativeLengthAndAPhaseThatNeverBegins() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan("", -1, 0))
        .withMessageContaining("epochs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan("", 0, -1))
        .withMessageContaining("limit");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> phases(0, "images=3 then labels=1 then labels=2"))
        .withMessage("phase 2 has no images=N, so that phase 3 would never begin");
  }

  private String fingerprint(StreamPlan plan) {
    return new StreamSchedule(sets, plan, 0).fingerprint();
  }

  private StreamSchedule phases(long origin, String text) {
    return schedule(origin, new PhaseParser("own").parse(text), 0, 0);
  }

  private StreamSchedule schedule(long origin, List<Phase> phases, long epochs, long limit) {
    return new StreamSchedule(sets, new StreamPlan(phases, true, 5, epochs, limit), origin);
  }

  private static StreamPlan plan(String labels, long epochs, long limit) {
    Phase phase = new Phase("own", new LabelFilter(labels), OptionalLong.empty());
    return new StreamPlan(List.of(phase), true, 5, epochs, limit);
  }

  private static int[] indices(StreamSchedule schedule, long from, long to) {
    return LongStream.range(from, to).mapToInt(p -> schedule.imageAt(p).index()).toArray();
  }

  private static List<String> datasets(StreamSchedule schedule, long from, long to) {
    return LongStream.range(from, to).mapToObj(p -> schedule.imageAt(p).set().name()).toList();
  }

  private static List<Integer> labels(StreamSchedule schedule, long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(schedule::imageAt)
        .map(image -> image.set().label(image.index()).orElseThrow())
        .toList();
  }
}
