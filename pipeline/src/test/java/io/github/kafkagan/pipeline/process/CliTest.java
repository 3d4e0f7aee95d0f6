package io.github.kafkagan.pipeline.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CliTest {
  @Command(name = "probe", mixinStandardHelpOptions = true)
  static final class Probe implements Callable<Integer> {
    @Mixin final CommonOptions common = new CommonOptions(9400);
    private final Callable<Integer> body;

    Probe(Callable<Integer> body) {
      this.body = body;
    }

    @Override
    public Integer call() throws Exception {
      common.topics();
      common.model();
      common.clientProperties();
      return body.call();
    }
  }

  private final Probe probe = new Probe(() -> 0);

  @Test
  void defaultsHold() {
    assertThat(Cli.execute(probe, Map.of())).isZero();
    assertThat(probe.common.bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(probe.common.opsPort()).isEqualTo(9400);
    assertThat(probe.common.topics().images().name()).isEqualTo("gan.images");
    assertThat(probe.common.model()).isEqualTo("digits");
  }

  @Test
  void everyOptionIsAnEnvironmentVariableAndTheCommandLineWins() {
    Map<String, String> environment =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "broker:1234",
            "GAN_OPS_PORT", "1",
            "GAN_TOPIC_PREFIX", "a.",
            "GAN_KAFKA_PROPERTY", "client.id=x,client.rack=r");

    assertThat(Cli.execute(probe, environment, "--topic-prefix", "b.")).isZero();

    assertThat(probe.common.bootstrapServers()).isEqualTo("broker:1234");
    assertThat(probe.common.opsPort()).isEqualTo(1);
    assertThat(probe.common.topics().prefix()).isEqualTo("b.");
    assertThat(probe.common.clientProperties())
        .containsEntry("client.id", "x")
        .containsEntry("client.rack", "r");
  }

  @Test
  void propertiesWinOverTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("kafka.properties"), "a=file\nb=file\n");

    Cli.execute(probe, Map.of(), "--kafka-config", file.toString(), "-X", "b=option");

    assertThat(probe.common.clientProperties())
        .containsEntry("a", "file")
        .containsEntry("b", "option");
  }

  @Test
  void mistakesAreUsageErrors() {
    assertThat(codeOf("--no-such")).isEqualTo(2);
    assertThat(codeOf("--ops-port", "many")).isEqualTo(2);
    assertThat(codeOf("--topic-prefix", "a b")).isEqualTo(2);
    assertThat(codeOf("--model", "a/b")).isEqualTo(2);
    assertThat(codeOf("--kafka-config", "no-such-file")).isEqualTo(2);
  }

  @Test
  void failuresHaveCodesOfTheirOwn() {
    assertThat(Cli.execute(failing(UserError.failed("no broker")), Map.of())).isEqualTo(1);
    assertThat(Cli.execute(failing(new UserError(ExitCode.FENCED, "fenced")), Map.of()))
        .isEqualTo(3);
  }

  private static int codeOf(String... arguments) {
    return Cli.execute(new Probe(() -> 0), Map.of(), arguments);
  }

  private static Probe failing(RuntimeException failure) {
    return new Probe(
        () -> {
          throw failure;
        });
  }
}
