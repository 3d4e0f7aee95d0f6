package io.github.kafkagan.producer;

import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.producer.source.DatasetException;
import io.github.kafkagan.producer.source.DatasetFinder;
import io.github.kafkagan.producer.source.ImageSet;
import io.github.kafkagan.producer.source.NamedDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which images. */
final class DatasetOptions {
  private static final String GZ = ".gz";

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "mnist or fashion-mnist (default: mnist). It is looked for in --data-dir, the user's cache, on "
              + "its usual mirrors, and then where else this machine may have it. With --image-file: any "
              + "name, for the records' header.")
  private @Nullable String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, compressed by gzip or not.")
  private @Nullable Path dataDir;

  @Option(
      names = "--image-file",
      paramLabel = "FILE",
      description =
          "IDX file of your own images, of any size, compressed by gzip or not, instead of a named data set.")
  private @Nullable Path imageFile;

  @Option(
      names = "--label-file",
      paramLabel = "FILE",
      description = "IDX file of the labels of --image-file; without it the stream is unlabelled.")
  private @Nullable Path labelFile;

  /**
   * Reads the images.
   *
   * @return what reads them, for a thread that can be interrupted
   * @throws UserError if the options contradict each other or name no data set
   */
  Callable<ImageSet> reader() {
    Path own = imageFile;
    if (own != null) {
      String name = dataset == null ? stem(own) : dataset;
      return () -> telling(() -> ImageSet.read(name, own, labelFile));
    }
    if (labelFile != null) {
      throw UserError.usage("--label-file needs --image-file");
    }
    String name = dataset == null ? NamedDataset.MNIST.label() : dataset;
    NamedDataset named =
        NamedDataset.named(name)
            .orElseThrow(
                () ->
                    UserError.usage(
                        "there is no data set '%s'; there are %s, and --image-file for your own"
                            .formatted(name, NamedDataset.names())));
    var finder = new DatasetFinder(named, dataDir, DatasetFinder.userCacheHome());
    return () -> telling(finder::find);
  }

  private static ImageSet telling(Callable<ImageSet> reader) throws Exception {
    try {
      return reader.call();
    } catch (DatasetException e) {
      throw UserError.failed(e.getMessage());
    } catch (IOException e) {
      throw UserError.failed("the images cannot be read: " + e);
    }
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(GZ) ? name.substring(0, name.length() - GZ.length()) : name;
  }
}
