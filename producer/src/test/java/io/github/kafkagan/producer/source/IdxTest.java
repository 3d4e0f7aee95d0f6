package io.github.kafkagan.producer.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final byte[] TWO_IMAGES = idx(0x0803, new int[] {2, 1, 3}, 1, 2, 3, 4, 5, 255);

  @TempDir Path folder;

  @Test
  void readsPlainAndCompressedFilesAlike() throws IOException {
    Idx plain = Idx.read(file(TWO_IMAGES));
    Idx compressed = Idx.read(file(gzip(TWO_IMAGES)));

    assertThat(plain.dimensions()).containsExactly(2, 1, 3);
    assertThat(plain.elements()).containsExactly(1, 2, 3, 4, 5, 255);
    assertThat(compressed).isEqualTo(plain);
  }

  @Test
  void hashesTheUncompressedContent() throws IOException {
    // sha256sum of the 22 bytes
    assertThat(Idx.read(file(gzip(TWO_IMAGES))).sha256())
        .isEqualTo("bce44e6b99fe16567fba7f29293b2a441e980df1a95ea79c49a26e47855c3d1f");
  }

  @Test
  void readsWhatTheWriterWrote() throws IOException {
    Path file = folder.resolve("labels.gz");
    IdxWriter.write(file, List.of(3), new byte[] {7, 8, 9});

    assertThat(Idx.read(file).elements()).containsExactly(7, 8, 9);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 10, 15, 16, 21})
  void refusesATruncatedFile(int length) throws IOException {
    Path cut = file(Arrays.copyOf(TWO_IMAGES, length));

    assertRefused(cut, length < 4 ? "not an IDX file" : "truncated");
  }

  @Test
  void refusesTruncatedCompression() throws IOException {
    byte[] compressed = gzip(TWO_IMAGES);

    assertRefused(file(Arrays.copyOf(compressed, compressed.length - 9)), "truncated");
  }

  @Test
  void refusesDamagedCompression() throws IOException {
    byte[] compressed = gzip(TWO_IMAGES);
    compressed[compressed.length - 8] ^= 1; // the checksum

    assertRefused(file(compressed), "not a sound gzip file");
  }

  @Test
  void refusesBytesBehindTheData() throws IOException {
    assertRefused(
        file(Arrays.copyOf(TWO_IMAGES, TWO_IMAGES.length + 1)), "has bytes after the 6 bytes");
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    assertRefused(file("<html>404</html>".getBytes(US_ASCII)), "not an IDX file");
  }

  @Test
  void refusesAnotherElementType() throws IOException {
    assertRefused(file(idx(0x0d01, new int[] {1}, 0, 0, 0, 0)), "element type 13");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0800, 0x0805, 0x08ff})
  void refusesANumberOfDimensionsThatIsNoImage(int magic) throws IOException {
    assertRefused(file(idx(magic, new int[] {1, 1, 1, 1, 1}, 0)), "dimensions");
  }

  @Test
  void refusesDimensionsBelowOne() throws IOException {
    assertRefused(file(idx(0x0803, new int[] {1, 0, 3})), "each must be at least 1");
    assertRefused(file(idx(0x0801, new int[] {-1})), "each must be at least 1");
  }

  @Test
  void refusesAForgedHeaderWithoutReservingItsMemory() throws IOException {
    assertRefused(file(idx(0x0803, new int[] {Integer.MAX_VALUE, 1, 1})), "2 GiB");
    assertRefused(file(idx(0x0801, new int[] {Integer.MAX_VALUE - 8}, 1)), "truncated");
    assertRefused(
        file(idx(0x0804, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 9})),
        "no file can hold");
  }

  @Test
  void refusesAMissingFile() {
    assertRefused(folder.resolve("absent"), "does not exist");
  }

  @Test
  void refusesCountsThatDiffer() throws IOException {
    Path images = file(TWO_IMAGES);
    Path labels = file(idx(0x0801, new int[] {3}, 0, 1, 2));

    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> ImageSet.read("own", images, labels))
        .withMessageContaining("2 images")
        .withMessageContaining("3 labels");
  }

  @Test
  void refusesImagesAndLabelsThatWereSwapped() throws IOException {
    Path images = file(TWO_IMAGES);
    Path labels = file(idx(0x0801, new int[] {2}, 0, 1));

    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> ImageSet.read("own", labels, images))
        .withMessageContaining("images need count, rows and columns");
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> ImageSet.read("own", images, images))
        .withMessageContaining("labels need exactly one");
  }

  @Test
  void readsImagesOfAnySizeWithAndWithoutLabels() throws IOException {
    Path colour = file(idx(0x0804, new int[] {2, 1, 2, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    Path labels = file(idx(0x0801, new int[] {2}, 200, 3));

    ImageSet labelled = ImageSet.read("own", colour, labels);
    ImageSet unlabelled = ImageSet.read("own", colour, null);

    assertThat(labelled.shape()).isEqualTo("1x2x3");
    assertThat(labelled.size()).isEqualTo(2);
    assertThat(labelled.image(1)).containsExactly(7, 8, 9, 10, 11, 12);
    assertThat(labelled.label(0)).hasValue(200);
    assertThat(labelled.classes()).containsExactly(3, 200);
    assertThat(unlabelled.label(0)).isEmpty();
    assertThat(unlabelled.labelled()).isFalse();
  }

  private static void assertRefused(Path file, String words) {
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> Idx.read(file))
        .withMessageContaining(file.toString())
        .withMessageContaining(words);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder, "test", ""), content);
  }

  private static byte[] idx(int magic, int[] dimensions, int... elements) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 + 4 * dimensions.length + elements.length).putInt(magic);
    Arrays.stream(dimensions).forEach(bytes::putInt);
    Arrays.stream(elements).forEach(element -> bytes.put((byte) element));
    return bytes.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(compressed)) {
      out.write(content);
    }
    return compressed.toByteArray();
  }
}
