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
   * Does nothing if a module has been built.
   *
   * @param home the project's folder
   * @throws UserError if it has not
   */
  public static void requireBuilt(Path home, String module) {
    if (!Files.isRegularFile(jar(home, module))) {
      throw UserError.failed(
          jar(home, module) + " is missing; deploy/demo.sh or 'mvn package' builds it");
    }
  }

  private static Path jar(Path home, String module) {
    return home.resolve(module).resolve("target").resolve(module + ".jar");
  }

  /** The command line. */
  public List<String> line(Path home) {
    List<String> line = new ArrayList<>();
    String jar = jar(home, module).toString();
    line.addAll(List.of(ChildProcess.java(), "-Xmx" + heap, "-XX:+UseSerialGC", "-jar", jar));
    line.addAll(options);
    return line;
  }
}
