package io.github.kafkagan.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.pipeline.checkpoint.ModelCheckpoints;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.conformance.ContractSchema;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.process.Cli;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Trainers of a stream, as processes, and what they have published. Logs go into the folder. */
record TestTrainers(TestStream stream, Path folder) {
  private static final ContractSchema MANIFEST = ContractSchema.manifest();

  /** A trainer that publishes its generator all the time. */
  JavaProcess start(String model, String... options) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers=" + stream.bootstrapServers(),
                "--topic-prefix=" + stream.topics().prefix(),
                "--ops-port=0",
                "--model=" + model,
                "--checkpoint-every=200ms"));
    line.addAll(List.of(options));
    Map<String, String> environment = Map.of("OMP_WAIT_POLICY", "PASSIVE");
    return JavaProcess.start(
        TrainerMain.class, "512m", environment, folder.resolve(model + ".log"), line);
  }

  /** Runs one of the trainer's tools, named by the first argument; returns its exit code. */
  int tool(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--bootstrap-servers", stream.bootstrapServers()));
    all.addAll(1, List.of("--topic-prefix", stream.topics().prefix()));
    StopSignal stop = StopSignal.onTermination();
    return stop.finish(Cli.execute(new TrainerCommand(stop), all.toArray(String[]::new)));
  }

  /** Waits for a generator that has seen so many images. */
  Manifest awaitImages(String model, long images) {
    return await(model, manifest -> manifest.imagesSeen() >= images);
  }

  Manifest awaitState(String model, Predicate<Manifest> wanted) {
    return await(stream.topics().trainerState(), model + "/" + Slots.STATE, wanted);
  }

  /** Waits for a generator. */
  Manifest await(String model, Predicate<Manifest> wanted) {
    return await(stream.topics().checkpoints(), model + "/" + Slots.LATEST, wanted);
  }

  private Manifest await(TopicDefinition topic, String key, Predicate<Manifest> wanted) {
    try {
      return manifest(
          stream.await(
              topic,
              candidate -> {
                if (!isManifest(candidate)) {
                  return false;
                }
                // Those of other slots have to be as the schema says, too.
                Manifest manifest = manifest(candidate);
                return key(candidate).equals(key) && wanted.test(manifest);
              }));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; the trainers said:\n" + logs(), e);
    }
  }

  private String logs() {
    StringBuilder all = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.log")) {
      for (Path file : files) {
        all.append(Files.readString(file));
      }
    } catch (IOException e) {
      all.append(e);
    }
    return all.toString();
  }

  /** The newest state. */
  Manifest state(String model) {
    return held(model, stream.topics().trainerState())
        .slot(Slots.STATE)
        .complete()
        .orElseThrow()
        .manifest();
  }

  /** The newest generator. */
  Manifest generator(String model) {
    return held(model, stream.topics().checkpoints())
        .slot(Slots.LATEST)
        .complete()
        .orElseThrow()
        .manifest();
  }

  /** All that the checkpoints topic holds. */
  ModelCheckpoints generators(String model) {
    return held(model, stream.topics().checkpoints());
  }

  /** Highest version of a generator; -1 if there is none. */
  long newestVersion(String model) {
    return held(model, stream.topics().checkpoints()).newestVersion();
  }

  private ModelCheckpoints held(String model, TopicDefinition topic) {
    try (Consumer<byte @Nullable [], byte @Nullable []> consumer = stream.consumer()) {
      return ModelCheckpoints.read(consumer, topic.name(), model);
    }
  }

  private static boolean isManifest(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    return key(record).matches("[^/]*/[^/]*") && !key(record).endsWith("/owner");
  }

  private static Manifest manifest(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    return Json.read(MANIFEST.require(record.value()), Manifest.class);
  }

  static String key(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    return new String(Objects.requireNonNull(record.key()), UTF_8);
  }

  static String header(ConsumerRecord<byte @Nullable [], byte @Nullable []> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
