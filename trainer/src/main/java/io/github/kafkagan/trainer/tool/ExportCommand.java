package io.github.kafkagan.trainer.tool;

import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.KafkaOptions;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a generator into a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes a model's newest generator into a safetensors file, its manifest in the file's"
            + " metadata.")
public final class ExportCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ExportCommand.class);

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--best",
      description = "The generator of the best evaluation so far, rather than the newest.")
  private boolean best;

  @Option(
      names = "--step",
      paramLabel = "N",
      description =
          "The generator after step N, if the topic has it: it keeps the last "
              + Slots.HISTORY
              + " and the best; inspect --history lists them.")
  private @Nullable Long step;

  @Parameters(paramLabel = "FILE", description = "The file; it is replaced if it exists.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    Path target = Objects.requireNonNull(file);
    CheckpointSet set = wanted();
    try {
      Files.write(target, GeneratorFile.encode(set));
    } catch (IOException e) {
      throw UserError.failed("cannot write " + target + ": " + e);
    } catch (CheckpointException e) {
      throw UserError.failed("the checkpoint is no generator: " + e.getMessage());
    }
    log.atInfo()
        .addKeyValue("file", target)
        .addKeyValue("step", set.manifest().step())
        .addKeyValue("sha256", set.manifest().sha256())
        .log("Generator exported");
    return ExitCode.DONE.code();
  }

  private CheckpointSet wanted() {
    if (step == null) {
      return StoredCheckpoint.read(
          kafka, kafka.topics().checkpoints().name(), best ? Slots.BEST : Slots.LATEST);
    }
    if (best) {
      throw UserError.usage("--best and --step exclude each other");
    }
    return StoredCheckpoint.generator(kafka, step);
  }
}
