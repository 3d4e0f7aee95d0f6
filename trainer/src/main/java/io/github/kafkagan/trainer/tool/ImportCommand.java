package io.github.kafkagan.trainer.tool;

import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.KafkaOptions;
import io.github.kafkagan.pipeline.process.TopicSetup;
import io.github.kafkagan.pipeline.process.UserError;
import io.github.kafkagan.trainer.checkpoint.OwnedLog;
import io.github.kafkagan.trainer.checkpoint.ResumePoint;
import io.github.kafkagan.trainer.client.TrainerClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Publishes a generator from a file. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Publishes the generator in a file that export wrote, under the name --model, for the"
            + " generator services. A trainer of that model is fenced, as by a second trainer.")
public final class ImportCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ImportCommand.class);

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "FILE", description = "The safetensors file.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    CheckpointSet read = read(Objects.requireNonNull(file));
    Topics topics = kafka.topics();
    String model = kafka.model();
    String runId = UUID.randomUUID().toString();
    TopicSetup.ensure(kafka, List.of(topics.checkpoints(), topics.trainerState()));
    TrainerClients clients = TrainerClients.of(kafka.clientProperties(), topics, model);
    try (OwnedLog owned =
        OwnedLog.takeOver(clients.ownedLog(), topics.trainerState().name(), model, runId)) {
      ResumePoint resume;
      try (Consumer<byte @Nullable [], byte @Nullable []> consumer = clients.consumer()) {
        resume = ResumePoint.read(consumer, topics, model);
      }
      Manifest manifest = manifest(read, model, runId, resume.nextVersion());
      owned.commit(
          CheckpointRecords.of(
              topics.checkpoints().name(),
              resume.history().copies(new CheckpointSet(manifest, read.bytes())),
              resume.chunks()),
          Map.of());
      log.atInfo()
          .addKeyValue("model", model)
          .addKeyValue("version", manifest.version())
          .addKeyValue("step", manifest.step())
          .log("Generator imported");
    }
    return ExitCode.DONE.code();
  }

  private static CheckpointSet read(Path file) {
    try {
      return GeneratorFile.decode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw UserError.usage("cannot read " + file + ": " + e);
    } catch (CheckpointException e) {
      throw UserError.usage(file + " is no exported generator: " + e.getMessage());
    }
  }

  /** Where it comes from stays as it was; what it is called and hashed as is new. */
  private static Manifest manifest(CheckpointSet read, String model, String runId, long version) {
    Manifest exported = read.manifest();
    return new Manifest(
        Manifest.FORMAT,
        model,
        Slots.LATEST,
        version,
        runId,
        exported.step(),
        exported.imagesSeen(),
        exported.nextPosition(),
        exported.offsets(),
        exported.replay(),
        exported.newestImageTimestamp(),
        exported.spec(),
        read.bytes().length,
        CheckpointRecords.chunks(read.bytes().length),
        Sha256.of(read.bytes()),
        exported.quality(),
        exported.origin(),
        System.currentTimeMillis());
  }
}
