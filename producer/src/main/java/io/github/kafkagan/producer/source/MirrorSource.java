package io.github.kafkagan.producer.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A site that publishes the set over HTTP. Downloaded files stay in the cache.
 *
 * @param base address that ends in a slash; files lie under it with {@code .gz} at their end
 * @param cache folder that exists while {@link #find} runs and that no other process writes to
 */
record MirrorSource(URI base, Path cache, String dataset, PublishedFiles files, Download download)
    implements DatasetSource {

  @Override
  public String place() {
    return base.toString();
  }

  @Override
  public Finding find() throws IOException, InterruptedException {
    for (String name : files.names()) {
      Optional<String> failure = fetch(name);
      if (failure.isPresent()) {
        return new Absent(failure.get());
      }
    }
    return files
        .readFrom(cache, dataset)
        .filter(PublishedFiles.Read::asPublished)
        .<Finding>map(read -> new Found(read.images(), ""))
        .orElseGet(() -> new Absent("what was downloaded is no longer in " + cache));
  }

  /**
   * Empty on success, else the reason. A part that turns out wrong is thrown away and fetched once
   * more, whole.
   */
  private Optional<String> fetch(String name) throws IOException, InterruptedException {
    Path target = cache.resolve(name + ".gz");
    if (Files.exists(target) && sound(target, name)) {
      return Optional.empty();
    }
    Path part = part(name);
    boolean resumed = Files.exists(part);
    Optional<String> failure = download.to(part, base.resolve(name + ".gz"));
    if (failure.isPresent()) {
      return failure;
    }
    if (sound(part, name)) {
      AtomicFiles.publish(part, target);
      return Optional.empty();
    }
    Files.delete(part);
    return resumed
        ? fetch(name)
        : Optional.of(name + ".gz has another sha256 there than the published one");
  }

  /** Sites may compress differently: one's part is of no use to another. */
  Path part(String name) {
    return cache.resolve(name + ".gz." + base.getAuthority().replace(':', '_') + ".part");
  }

  private boolean sound(Path file, String name) throws IOException {
    try {
      return Idx.read(file).sha256().equals(files.sha256(name));
    } catch (DatasetException e) {
      return false;
    }
  }
}
