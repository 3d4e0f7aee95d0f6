package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kafkagan.gan.preset.Mlp;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.StopSignal;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainerCommandTest {
  private static final StopSignal STOP = StopSignal.onTermination(Duration.ZERO);

  @AfterAll
  static void finish() {
    STOP.finish(ExitCode.DONE.code());
  }

  @Test
  void givenListPresetsThenEachHasALine() {
    StringWriter out = new StringWriter();

    int code =
        new CommandLine(new TrainerCommand(STOP))
            .setOut(new PrintWriter(out))
            .execute("--list-presets");

    assertThat(code).isZero();
    assertThat(out.toString().lines()).hasSameSizeAs(Preset.names());
    for (String name : Preset.names()) {
      assertThat(out.toString().lines())
          .filteredOn(line -> line.startsWith(name + " "))
          .singleElement()
          .asString()
          .endsWith(Preset.named(name).description());
    }
  }

  @Test
  void givenSettingsThenThePresetHasThem() {
    Preset preset =
        parse(
                "--preset=mlp-128",
                "--set",
                "image=32x32x3",
                "--set",
                "architecture.generator=[64,128]",
                "--set=generatorOptimizer.rate=0.5")
            .preset();

    assertThat(preset.image()).hasToString("32x32x3");
    assertThat(preset.architecture())
        .usingRecursiveComparison()
        .ignoringFields("generator")
        .isEqualTo(Preset.named("mlp-128").architecture());
    assertThat(((Mlp) preset.architecture()).generator()).containsExactly(64, 128);
    assertThat(preset.generatorOptimizer().rate()).isEqualTo(0.5);
    assertThat(preset.discriminatorOptimizer())
        .isEqualTo(Preset.named("mlp-128").discriminatorOptimizer());
  }

  @Test
  void givenAFileThenSettingsApplyToIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("own.json");
    Files.writeString(file, new ObjectMapper().writeValueAsString(Preset.named("mlp-256")));

    assertThat(parse("--preset=" + file, "--set=batchSize=7").preset().batchSize()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch=3 | --set: there is no key \"batch\", only [description, image, classes",
        "schedule.x=3 | only [schedule.discriminatorSteps",
        "batchSize=0 | --set: batchSize must be 1 to 65536, was 0",
      })
  void givenAnImpossibleSettingThenTheUserIsToldWhatExists(String setting, String message) {
    TrainerCommand command = parse("--set", setting);

    assertThatThrownBy(command::preset).isInstanceOf(UserError.class).hasMessageContaining(message);
  }

  private static TrainerCommand parse(String... arguments) {
    TrainerCommand command = new TrainerCommand(STOP);
    new CommandLine(command).parseArgs(arguments);
    return command;
  }
}
