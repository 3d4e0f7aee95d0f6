package io.github.kafkagan.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The broker's own process: formats the storage when it is new, then runs Kafka. */
final class BrokerProcess {
  private BrokerProcess() {}

  /**
   * Starts the process.
   *
   * @param properties Kafka's configuration
   * @param logs the folder of the partitions' logs in it
   * @param cluster that storage which is new belongs to
   * @param output what the process's output is appended to
   */
  static Process launch(Path properties, Path logs, Uuid cluster, Path output) throws IOException {
    List<String> command =
        List.of(
            ChildProcess.java(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
            BrokerProcess.class.getName(),
            properties.toString(),
            logs.toString(),
            cluster.toString());
    // In the environment, not on the command line, so that process listings stay readable.
    Map<String, String> environment = Map.of("CLASSPATH", System.getProperty("java.class.path"));
    return ChildProcess.start(command, environment, output);
  }

  /** Takes the path of {@code server.properties}, the folder of the logs, and the cluster's id. */
  public static void main(String[] args) {
    String config = args[0];
    if (!Files.exists(Path.of(args[1], "meta.properties"))) {
      String[] format = {"format", "--cluster-id", args[2], "--config", config};
      if (StorageTool.execute(format, System.out) != 0) {
        System.exit(1);
      }
    }
    Kafka.main(new String[] {config});
  }
}
