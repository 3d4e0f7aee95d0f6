package io.github.kafkagan.trainer.tool;

import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.KafkaOptions;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a manifest, or a list of checkpoints. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Prints the manifest of a model's newest checkpoint: what it is, and which images it was"
            + " trained on. Its bytes are read and have the manifest's hash.")
public final class InspectCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--state",
      description = "The training state, rather than the generator being served.")
  private boolean state;

  @Option(names = "--best", description = "Of the best evaluation so far, rather than the newest.")
  private boolean best;

  @Option(
      names = "--history",
      description =
          "Instead, a line for each of the generators that the topic keeps, the newest last.")
  private boolean history;

  @Override
  public Integer call() {
    if (history && (state || best)) {
      throw UserError.usage("--history is of generators alone, without --state and --best");
    }
    PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
    if (history) {
      StoredCheckpoint.history(kafka).forEach(set -> out.println(line(set.manifest())));
    } else {
      out.println(manifest());
    }
    out.flush();
    return ExitCode.DONE.code();
  }

  private static String line(Manifest manifest) {
    return "step %d  images %d  version %d  %s  sha256 %s"
        .formatted(
            manifest.step(),
            manifest.imagesSeen(),
            manifest.version(),
            Instant.ofEpochMilli(manifest.createdAt()),
            manifest.sha256());
  }

  private String manifest() {
    TopicDefinition topic = state ? kafka.topics().trainerState() : kafka.topics().checkpoints();
    return Json.pretty(StoredCheckpoint.read(kafka, topic.name(), slot()).manifest());
  }

  private String slot() {
    if (state) {
      return best ? Slots.BEST_STATE : Slots.STATE;
    }
    return best ? Slots.BEST : Slots.LATEST;
  }
}
