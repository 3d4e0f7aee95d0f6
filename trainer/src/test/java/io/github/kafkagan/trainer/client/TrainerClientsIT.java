package io.github.kafkagan.trainer.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerClientsIT {
  private static final int NEW_TOPICS = 30;
  private static final int PARTITIONS = 4;
  private static final int RECORDS = 6_400;

  @TempDir private Path folder;

  @Test
  void aTopicThatWasJustCreatedKeepsEveryRejectedRecord() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TrainerClients clients =
          TrainerClients.of(
              Map.of(
                  "bootstrap.servers", broker.bootstrapServers(),
                  "linger.ms", 5,
                  "delivery.timeout.ms", 20_000,
                  "request.timeout.ms", 10_000),
              new Topics("new."),
              "digits");

      for (int i = 0; i < NEW_TOPICS; i++) {
        String topic = "new-" + i;
        admin
            .createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
            .all()
            .get();
        assertThat(send(clients, topic)).as(topic).isEqualTo(RECORDS);
      }
    }
  }

  private static long send(TrainerClients clients, String topic) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = clients.rejectionProducer()) {
      for (int i = 0; i < RECORDS; i++) {
        sent.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[784])));
      }
    }
    long kept = 0;
    for (Future<RecordMetadata> record : sent) {
      kept += record.get().hasOffset() ? 1 : 0;
    }
    return kept;
  }
}
