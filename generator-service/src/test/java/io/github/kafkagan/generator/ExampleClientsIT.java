package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.TestPipeline.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.observe.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example clients, as their README starts them, against a real broker and service. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleClientsIT {
  private static final Path EXAMPLES = Path.of("examples");

  private LocalBroker broker;
  private TestPipeline pipeline;
  private TestPipeline unserved;
  private Metrics metrics;
  private GeneratorService service;

  /** How each is started, and what it calls its files. */
  enum Client {
    JAVA("Generate.java", "image-%d.png", 3),
    PYTHON("generate.py", "image-%d.png", 3),
    SHELL("generate.sh", "images.png", 1);

    private final String source;
    private final String file;
    private final int files;

    Client(String source, String file, int files) {
      this.source = source;
      this.file = file;
      this.files = files;
    }

    List<Path> files(Path folder) {
      List<Path> all = new ArrayList<>();
      for (int i = 0; i < files; i++) {
        all.add(folder.resolve(file.formatted(i)));
      }
      return all;
    }
  }

  @BeforeAll
  void startService(@TempDir Path folder) throws Exception {
    broker = LocalBroker.start(folder);
    pipeline = new TestPipeline(broker.bootstrapServers());
    unserved = new TestPipeline(broker.bootstrapServers());
    metrics = new Metrics();
    pipeline.publish(Checkpoints.of(MODEL, Preset.named("digits"), 7));
    service = pipeline.service(metrics);
  }

  @AfterAll
  void stopService() {
    service.close();
    metrics.close();
    unserved.close();
    pipeline.close();
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void givenARequestThenItsImagesAreFilesAndTheirOriginIsTold(Client client, @TempDir Path folder)
      throws Exception {
    ExternalProgram.Finished finished =
        run(client, pipeline, "60", "{\"count\": 3,\n \"labels\": [7]}", folder);

    assertThat(finished.exitCode()).as(finished.errors()).isZero();
    for (Path file : client.files(folder)) {
      assertThat(finished.text()).contains(file + ": model digits, step 700");
      assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThanOrEqualTo(28);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenAnErrorReplyThenItsMessageAndAnExitCodeTellOfIt(Client client, @TempDir Path folder)
      throws Exception {
    ExternalProgram.Finished finished = run(client, pipeline, "60", "{\"count\": -1}", folder);

    assertThat(finished.exitCode()).isEqualTo(1);
    assertThat(finished.errors())
        .contains("error: count-out-of-range: count must be 1 to 1024, was -1");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void givenNoReplyThenTheTimeoutIsAnError(Client client, @TempDir Path folder) throws Exception {
    ExternalProgram.Finished finished = run(client, unserved, "3", "{}", folder);

    assertThat(finished.exitCode()).isEqualTo(1);
    assertThat(finished.errors()).contains("error: no reply within 3 s");
  }

  private static ExternalProgram.Finished run(
      Client client, TestPipeline pipeline, String seconds, String request, Path folder)
      throws IOException, InterruptedException {
    String program = program(client);
    Map<String, String> environment =
        Map.of(
            "CLASSPATH",
            System.getProperty("java.class.path"),
            "KAFKA_BOOTSTRAP_SERVERS",
            pipeline.bootstrapServers(),
            "GAN_TOPIC_PREFIX",
            pipeline.topics().prefix(),
            "TIMEOUT_SECONDS",
            seconds);
    String source = EXAMPLES.resolve(client.source).toString();
    return ExternalProgram.run(
        environment, "", List.of(program, source, request, folder.toString()));
  }

  /** What runs it; the test is skipped where that is not installed. */
  private static String program(Client client) throws IOException, InterruptedException {
    return switch (client) {
      case JAVA -> {
        assumeTrue(ExternalProgram.isInstalled("java"), "needs java on the PATH");
        yield "java";
      }
      case PYTHON -> {
        Optional<String> python = ExternalProgram.pythonWith("kafka");
        assumeTrue(python.isPresent(), "needs kafka-python: apt-get install python3-kafka");
        yield python.get();
      }
      case SHELL -> {
        assumeTrue(ExternalProgram.isInstalled("kcat"), "needs kcat: apt-get install kcat");
        yield "sh";
      }
    };
  }
}
