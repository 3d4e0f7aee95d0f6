package io.github.kafkagan.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.kafkagan.producer.source.IdxFiles;
import io.github.kafkagan.producer.source.ImageSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamScheduleTest {
  private static final int COUNT = 50;
  private static final int CLASSES = 10;

  @TempDir Path folder;
  private ImageSet images;

  @BeforeEach
  void readImages() throws IOException {
    images = IdxFiles.read(IdxFiles.write(folder, COUNT, 2, 3, CLASSES), "own");
  }

  @Test
  void streamsOnlyImagesWithTheLabels() {
    StreamSchedule schedule = new StreamSchedule(images, plan("0-2,7", 0, 0), 0);

    assertThat(schedule.imagesPerEpoch()).isEqualTo(4 * COUNT / CLASSES);
    assertThat(
            LongStream.range(0, 200)
                .map(p -> images.label(schedule.imageAt(p)).orElseThrow())
                .boxed()
                .toList())
        .containsOnly(0L, 1L, 2L, 7L);
  }

  @Test
  void beginsAnEpochAtItsOrigin() {
    StreamSchedule fromZero = new StreamSchedule(images, plan("", 0, 0), 0);
    StreamSchedule later = new StreamSchedule(images, plan("", 0, 0), 1234);

    int[] epoch = LongStream.range(1234, 1234 + COUNT).mapToInt(later::imageAt).toArray();
    assertThat(epoch).isEqualTo(LongStream.range(0, COUNT).mapToInt(fromZero::imageAt).toArray());
    assertThat(epoch).containsExactlyInAnyOrder(IntStream.range(0, COUNT).toArray());
  }

  @Test
  void endsAfterItsEpochsOrAtTheLimitWhicheverComesFirst() {
    assertThat(new StreamSchedule(images, plan("", 0, 0), 7).end()).isEqualTo(Long.MAX_VALUE);
    assertThat(new StreamSchedule(images, plan("", 3, 0), 7).end()).isEqualTo(7 + 3 * COUNT);
    assertThat(new StreamSchedule(images, plan("", 3, 100), 7).end()).isEqualTo(100);
    assertThat(new StreamSchedule(images, plan("", 1, 100), 7).end()).isEqualTo(7 + COUNT);
    assertThat(new StreamSchedule(images, plan("", 0, 100), 7).end()).isEqualTo(100);
  }

  @Test
  void itsFingerprintTellsWhatDecidesTheOrder() {
    String fingerprint = StreamSchedule.fingerprint(images, plan("1,0", 0, 0));

    assertThat(fingerprint).isEqualTo("own 50x2x3x1 seed=5 labels=0,1");
    assertThat(fingerprint).isEqualTo(StreamSchedule.fingerprint(images, plan("0-1", 9, 9)));
    assertThat(StreamSchedule.fingerprint(images, new StreamPlan(LabelFilter.ALL, false, 5, 0, 0)))
        .isEqualTo("own 50x2x3x1 unshuffled labels=all");
  }

  @Test
  void refusesLabelsThatNoImageHas() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamSchedule(images, plan("10-20", 0, 0), 0))
        .withMessageContaining("there are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
    ImageSet unlabelled = ImageSet.read("own", folder.resolve(IdxFiles.IMAGES + ".gz"), null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamSchedule(unlabelled, plan("1", 0, 0), 0))
        .withMessageContaining("there are no labels");
  }

  @Test
  void refusesANegativeLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan("", -1, 0))
        .withMessageContaining("epochs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan("", 0, -1))
        .withMessageContaining("limit");
  }

  private static StreamPlan plan(String labels, long epochs, long limit) {
    return new StreamPlan(new LabelFilter(labels), true, 5, epochs, limit);
  }
}
