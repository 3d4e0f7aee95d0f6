package io.github.kafkagan.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The broker's own process: formats the storage when it is new, then runs Kafka. */
final class BrokerProcess {
  private BrokerProcess() {}

  /** Takes the path of {@code server.properties} and the folder of the logs. */
  public static void main(String[] args) {
    String config = args[0];
    if (!Files.exists(Path.of(args[1], "meta.properties"))) {
      String[] format = {
        "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", config
      };
      if (StorageTool.execute(format, System.out) != 0) {
        System.exit(1);
      }
    }
    Kafka.main(new String[] {config});
  }
}
