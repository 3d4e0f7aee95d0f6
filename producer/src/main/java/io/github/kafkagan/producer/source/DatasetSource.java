package io.github.kafkagan.producer.source;

import java.io.IOException;

/** One place where a named data set may be. */
sealed interface DatasetSource permits FolderSource, MirrorSource, NpmSource {

  /** What was found there. */
  sealed interface Finding {}

  /**
   * The set is there and sound.
   *
   * @param note what the user should know about it; empty if nothing
   */
  record Found(ImageSet images, String note) implements Finding {}

  /**
   * The set is not to be had there.
   *
   * @param reason completes the sentence "passed over: …"
   */
  record Absent(String reason) implements Finding {}

  /** Names the place in logs and errors. */
  String place();

  /**
   * Looks there, for a few seconds at most unless data is on its way.
   *
   * @throws DatasetException if the user named this place and what lies there is malformed
   */
  Finding find() throws IOException, InterruptedException;
}
