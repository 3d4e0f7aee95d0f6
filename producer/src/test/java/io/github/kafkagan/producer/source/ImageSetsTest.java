package io.github.kafkagan.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetsTest {
  @TempDir Path folder;

  @Test
  void eachSetIsFoundByItsName() throws Exception {
    ImageSet small = IdxFiles.read(IdxFiles.write(folder.resolve("a"), 3, 2, 2, 2), "small");
    ImageSet large = IdxFiles.read(IdxFiles.write(folder.resolve("b"), 9, 2, 2, 2), "large");

    ImageSets sets = ImageSets.of(List.of(small, large));

    assertThat(sets.named("small")).isSameAs(small);
    assertThat(sets.named("large")).isSameAs(large);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sets.named("medium"))
        .withMessageContaining("medium");
  }

  @Test
  void imagesOfOneStreamHaveOneShape() throws Exception {
    ImageSet flat = IdxFiles.read(IdxFiles.write(folder.resolve("a"), 3, 2, 4, 2), "flat");
    ImageSet tall = IdxFiles.read(IdxFiles.write(folder.resolve("b"), 3, 4, 2, 2), "tall");

    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> ImageSets.of(List.of(flat, tall)))
        .withMessageContaining("those of flat are 2x4x1, of tall 4x2x1");
  }
}
