package io.github.kafkagan.trainer.tool;

import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.KafkaOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a manifest. */
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

  @Override
  public Integer call() {
    TopicDefinition topic = state ? kafka.topics().trainerState() : kafka.topics().checkpoints();
    String manifest = Json.pretty(StoredCheckpoint.read(kafka, topic.name(), slot()).manifest());
    if (command != null) {
      command.commandLine().getOut().println(manifest);
    }
    return ExitCode.DONE.code();
  }

  private String slot() {
    if (state) {
      return best ? Slots.BEST_STATE : Slots.STATE;
    }
    return best ? Slots.BEST : Slots.LATEST;
  }
}
