package io.github.kafkagan.bench.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.process.IdempotentProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one side for one image at a time, and sees to it that every request gets one reply, exactly
 * one, that is committed. One thread asks, one polls; both may be the same.
 */
public final class Requester implements AutoCloseable {
  /** Header of a request that names the topic of its reply. */
  public static final String REPLY_TOPIC = "kafka_replyTopic";

  /** Longer than any pause that is worth a figure. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String requestsTopic;
  private final List<Header> headers;
  private final Duration patience;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte @Nullable [], byte[]> consumer;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final BitSet numbers = new BitSet();
  private volatile long waitingSince = System.nanoTime();

  private Requester(
      String requestsTopic,
      List<Header> headers,
      Duration patience,
      Producer<byte[], byte[]> producer,
      Consumer<byte @Nullable [], byte[]> consumer) {
    this.requestsTopic = requestsTopic;
    this.headers = headers;
    this.patience = patience;
    this.producer = producer;
    this.consumer = consumer;
  }

  /** A client that reads the replies that come from now on, and waits a minute for the next. */
  public static Requester open(Channel channel) {
    return open(channel, PATIENCE);
  }

  /**
   * A client that reads the replies that come from now on.
   *
   * @param patience how long open requests may wait without any reply
   */
  public static Requester open(Channel channel, Duration patience) {
    return open(channel, channel.topics().replies(), List.of(), patience);
  }

  /**
   * Likewise a client with a name and a reply topic of its own.
   *
   * @param source as requests name it, by which the service tells its clients apart
   * @param replies exists
   */
  public static Requester open(Channel channel, String source, TopicDefinition replies) {
    return open(
        channel,
        replies,
        List.of(header("ce_source", source), header(REPLY_TOPIC, replies.name())),
        PATIENCE);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(US_ASCII));
  }

  private static Requester open(
      Channel channel, TopicDefinition replies, List<Header> headers, Duration patience) {
    Map<String, Object> reading = new HashMap<>(channel.clientProperties());
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    Consumer<byte @Nullable [], byte[]> consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, replies.partitions())
            .mapToObj(number -> new TopicPartition(replies.name(), number))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy: only now is the end looked up.
    partitions.forEach(consumer::position);
    Map<String, Object> sending = new HashMap<>(channel.clientProperties());
    sending.putAll(IdempotentProducer.settings());
    sending.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // Requests wait for a broker that is away as long as their sender does.
    sending.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
    sending.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    return new Requester(
        channel.topics().requests().name(),
        headers,
        patience,
        new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer()),
        consumer);
  }

  /** Sends a request. Its number, from 0 on, is its id and its key. */
  public void ask() {
    if (open() == 0) {
      waitingSince = System.nanoTime();
    }
    String id = Long.toString(asked.getAndIncrement());
    producer.send(
        new ProducerRecord<>(
            requestsTopic,
            null,
            id.getBytes(US_ASCII),
            "{\"id\":\"%s\",\"format\":\"u8\"}".formatted(id).getBytes(US_ASCII),
            headers),
        (sent, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
          }
        });
  }

  /** How many requests have been sent. */
  public long asked() {
    return asked.get();
  }

  /** How many requests have no reply yet. */
  public long open() {
    return asked.get() - answered.get();
  }

  /**
   * Takes the replies that are there, or waits for the first.
   *
   * @throws IllegalStateException if a reply is nobody's or a request's second, if a request could
   *     not be sent, or if open ones have waited too long without any reply
   */
  public List<Answer> poll(Duration timeout) {
    ConsumerRecords<byte @Nullable [], byte[]> records = consumer.poll(timeout);
    long now = System.nanoTime();
    Exception problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("a request could not be sent", problem);
    }
    List<Answer> answers = new ArrayList<>(records.count());
    for (ConsumerRecord<byte @Nullable [], byte[]> record : records) {
      answers.add(answer(record, now));
    }
    if (!answers.isEmpty()) {
      waitingSince = now;
    } else if (open() > 0 && now - waitingSince > patience.toNanos()) {
      throw new IllegalStateException(
          "%d requests in %s have had no reply for %d s"
              .formatted(open(), requestsTopic, patience.toSeconds()));
    }
    return answers;
  }

  private Answer answer(ConsumerRecord<byte @Nullable [], byte[]> record, long now) {
    byte[] key = record.key();
    int number = key == null ? -1 : Integer.parseInt(new String(key, US_ASCII));
    if (number < 0 || number >= asked.get()) {
      throw new IllegalStateException("a reply to no request of this client's: " + record);
    }
    if (numbers.get(number)) {
      throw new IllegalStateException("request %d got a second reply".formatted(number));
    }
    numbers.set(number);
    answered.incrementAndGet();
    int bytes = record.value().length;
    for (Header header : record.headers()) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return new Answer(number, now, record.value(), bytes);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
