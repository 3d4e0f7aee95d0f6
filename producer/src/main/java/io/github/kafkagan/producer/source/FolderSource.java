package io.github.kafkagan.producer.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder on this machine.
 *
 * @param note what the user should know when the set comes from here; empty if nothing
 * @param trust whether content that differs from the published set is taken: yes for a folder that
 *     the user named
 */
record FolderSource(
    String place, Path folder, String dataset, PublishedFiles files, String note, Trust trust)
    implements DatasetSource {

  enum Trust {
    /** Any sound content is taken; malformed content is the user's to repair. */
    ANY_CONTENT,
    /** Only the published content is taken; anything else is passed over. */
    PUBLISHED_CONTENT
  }

  @Override
  public Finding find() throws IOException {
    Optional<PublishedFiles.Read> read;
    try {
      read = files.readFrom(folder, dataset);
    } catch (DatasetException e) {
      if (trust == Trust.ANY_CONTENT) {
        throw e;
      }
      return new Absent(e.getMessage());
    }
    if (read.isEmpty()) {
      return new Absent("no " + files.names().get(0) + " and labels in " + folder);
    }
    if (read.get().asPublished()) {
      return new Found(read.get().images(), note);
    }
    return switch (trust) {
      case ANY_CONTENT ->
          new Found(read.get().images(), "its content is not that of the published " + dataset);
      case PUBLISHED_CONTENT ->
          new Absent("the files in " + folder + " have another sha256 than the published ones");
    };
  }
}
