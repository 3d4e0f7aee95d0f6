package io.github.kafkagan.producer;

import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.producer.source.DatasetException;
import io.github.kafkagan.producer.source.DatasetFinder;
import io.github.kafkagan.producer.source.ImageSet;
import io.github.kafkagan.producer.source.ImageSets;
import io.github.kafkagan.producer.source.NamedDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
          "Folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, compressed by gzip or not, or "
              + "with a folder of that kind for each data set, under its name.")
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

  /** Name of the data set that is streamed where nothing else is said. */
  String name() {
    if (dataset != null) {
      return dataset;
    }
    return imageFile == null ? NamedDataset.MNIST.label() : stem(imageFile);
  }

  /**
   * Reads the images.
   *
   * @param names of the data sets
   * @return what reads them, for a thread that can be interrupted
   * @throws UserError if the options contradict each other or there is no such data set
   */
  Callable<ImageSets> reader(List<String> names) {
    if (labelFile != null && imageFile == null) {
      throw UserError.usage("--label-file needs --image-file");
    }
    List<Callable<ImageSet>> readers = names.stream().map(this::reader).toList();
    return () -> read(readers);
  }

  private Callable<ImageSet> reader(String name) {
    Path own = imageFile;
    if (own != null && name.equals(name())) {
      return () -> ImageSet.read(name, own, labelFile);
    }
    NamedDataset named =
        NamedDataset.named(name)
            .orElseThrow(
                () ->
                    UserError.usage(
                        "there is no data set '%s'; there are %s, and --image-file for your own"
                            .formatted(name, NamedDataset.names())));
    return new DatasetFinder(named, folder(name), DatasetFinder.userCacheHome())::find;
  }

  /** A folder without folders in it belongs to the set that is streamed by default. */
  private @Nullable Path folder(String name) {
    if (dataDir == null) {
      return null;
    }
    Path own = dataDir.resolve(name);
    return Files.isDirectory(own) || !name.equals(name()) ? own : dataDir;
  }

  private static ImageSets read(List<Callable<ImageSet>> readers) throws Exception {
    try {
      List<ImageSet> sets = new ArrayList<>();
      for (Callable<ImageSet> reader : readers) {
        sets.add(reader.call());
      }
      return ImageSets.of(sets);
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
