package io.github.kafkagan.generator;

import io.github.kafkagan.broker.JavaProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts generator services as a user does. */
final class ServiceProcess {
  private ServiceProcess() {}

  static JavaProcess start(Path log, String... options) {
    List<String> line = new ArrayList<>(List.of("--ops-port=0", "--http-port=0", "--device=cpu"));
    line.addAll(List.of(options));
    return JavaProcess.start(
        GeneratorServiceMain.class, "256m", Map.of("OMP_WAIT_POLICY", "PASSIVE"), log, line);
  }

  /** A service of this pipeline. */
  static JavaProcess start(Path log, TestPipeline pipeline) {
    return start(
        log,
        "--bootstrap-servers=" + pipeline.bootstrapServers(),
        "--topic-prefix=" + pipeline.topics().prefix(),
        "--model=" + TestPipeline.MODEL,
        "--instance-id=only");
  }
}
