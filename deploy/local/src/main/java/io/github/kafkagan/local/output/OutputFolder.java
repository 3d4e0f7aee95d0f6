package io.github.kafkagan.local.output;

import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder in which a demo leaves what it shows. One demo at a time holds it. */
public final class OutputFolder implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String KAFKA = "kafka";
  private static final Pattern OURS =
      Pattern.compile(
          "(sheet|request)-\\d+\\.png|latest\\.png|pipeline\\.json|[a-z-]+\\.log|" + KAFKA);

  private final Path folder;
  private final FileChannel lock;
  private final boolean resumed;

  private OutputFolder(Path folder, FileChannel lock, boolean resumed) {
    this.folder = folder;
    this.lock = lock;
    this.resumed = resumed;
  }

  /**
   * Opens the folder, creating it if need be.
   *
   * @param keep whether what the last run left stays; else it is deleted, and nothing else
   * @throws UserError if another demo uses the folder
   */
  public static OutputFolder open(Path folder, boolean keep) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(lock) == null) {
      lock.close();
      throw UserError.failed("another demo is running with " + folder + "; stop it first");
    }
    if (!keep) {
      clear(folder);
    }
    return new OutputFolder(folder, lock, Files.exists(folder.resolve(KAFKA)));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.toList()) {
        if (OURS.matcher(child.getFileName().toString()).matches()) {
          delete(child);
        }
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(tree)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }

  /** Whether the broker's data of an earlier run is here. */
  public boolean resumed() {
    return resumed;
  }

  /** The broker's data folder. */
  public Path kafka() {
    return folder.resolve(KAFKA);
  }

  /** Where a process's output goes. */
  public Path log(String process) {
    return folder.resolve(process + ".log");
  }

  public Path path() {
    return folder;
  }

  /** Writes a file so that readers see it whole or not at all. */
  public void write(String name, byte[] content) throws IOException {
    Path unfinished = folder.resolve("." + name + ".part");
    Files.write(unfinished, content);
    Files.move(
        unfinished,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
