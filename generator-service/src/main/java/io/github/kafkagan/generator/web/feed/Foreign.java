package io.github.kafkagan.generator.web.feed;

import io.github.kafkagan.pipeline.observe.MetricNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of records that are not what their topic is for: each is counted, the first is logged. */
final class Foreign {
  private static final Logger log = LoggerFactory.getLogger(Foreign.class);

  private final MeterRegistry registry;
  private boolean told;

  /**
   * None so far.
   *
   * @param topics whose records are counted
   */
  Foreign(MeterRegistry registry, List<String> topics) {
    this.registry = registry;
    topics.forEach(this::records);
  }

  private Counter records(String topic) {
    return Counter.builder(MetricNames.GENERATOR_PAGE_FOREIGN)
        .description("Records that the page does not show, being none of its topic")
        .tag(MetricNames.TOPIC, topic)
        .register(registry);
  }

  void passedOver(ConsumerRecord<?, ?> record, String reason) {
    records(record.topic()).increment();
    if (!told) {
      told = true;
      log.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", reason)
          .log("A record is not shown on the page; further ones are only counted");
    }
  }
}
