package io.github.kafkagan.producer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two files of a published data set.
 *
 * @param images file name of the images, without {@code .gz}
 * @param imagesSha256 of the uncompressed content
 * @param labels file name of the labels, without {@code .gz}
 * @param labelsSha256 of the uncompressed content
 */
record PublishedFiles(String images, String imagesSha256, String labels, String labelsSha256) {

  /** The set as it lies in a folder, and whether its content is what was published. */
  record Read(ImageSet images, boolean asPublished) {}

  List<String> names() {
    return List.of(images, labels);
  }

  String sha256(String name) {
    return name.equals(images) ? imagesSha256 : labelsSha256;
  }

  /** Whether both files are in a folder, whatever they hold. */
  boolean in(Path folder) {
    return locate(folder, images).isPresent() && locate(folder, labels).isPresent();
  }

  /**
   * Reads the set from a folder that may hold the files compressed or not.
   *
   * @return empty if either file is not there
   * @throws DatasetException if a file is malformed
   */
  Optional<Read> readFrom(Path folder, String dataset) throws IOException {
    Optional<Path> imageFile = locate(folder, images);
    Optional<Path> labelFile = locate(folder, labels);
    if (imageFile.isEmpty() || labelFile.isEmpty()) {
      return Optional.empty();
    }
    Idx imageArray = Idx.read(imageFile.get());
    Idx labelArray = Idx.read(labelFile.get());
    boolean asPublished =
        imageArray.sha256().equals(imagesSha256) && labelArray.sha256().equals(labelsSha256);
    ImageSet set = ImageSet.of(dataset, imageFile.get(), imageArray, labelFile.get(), labelArray);
    return Optional.of(new Read(set, asPublished));
  }

  /**
   * Sites publish {@code train-images-idx3-ubyte}, unpackers leave {@code train-images.idx3-ubyte}.
   */
  private static Optional<Path> locate(Path folder, String name) {
    String dotted = name.replace("-idx", ".idx");
    return Stream.of(name + ".gz", name, dotted + ".gz", dotted)
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
