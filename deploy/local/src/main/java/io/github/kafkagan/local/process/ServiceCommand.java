package io.github.kafkagan.local.process;

import io.github.kafkagan.broker.ChildProcess;
import io.github.kafkagan.pipeline.process.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How one of the services is started.
 *
 * @param module the module, after which its folder and its jar are named
 * @param heap what {@code -Xmx} takes; the processes share a small machine
 * @param environment beyond this process's own
 * @param options of its command line
 */
public record ServiceCommand(
    String module, String heap, Map<String, String> environment, List<String> options) {

  public ServiceCommand {
    environment = Map.copyOf(environment);
    options = List.copyOf(options);
  }

  /**
   * The command line.
   *
   * @param home the project's folder
   * @throws UserError if the module has not been built
   */
  List<String> line(Path home) {
    Path jar = home.resolve(module).resolve("target").resolve(module + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw UserError.failed(jar + " is missing; deploy/demo.sh or 'mvn package' builds it");
    }
    List<String> line = new ArrayList<>();
    line.addAll(
        List.of(ChildProcess.java(), "-Xmx" + heap, "-XX:+UseSerialGC", "-jar", jar.toString()));
    line.addAll(options);
    return line;
  }
}
