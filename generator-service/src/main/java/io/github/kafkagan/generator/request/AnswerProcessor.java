package io.github.kafkagan.generator.request;

import static java.util.Objects.requireNonNull;

import io.github.kafkagan.generator.reply.OutgoingRecord;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one partition, inside the stream thread. */
final class AnswerProcessor implements Processor<byte[], byte[], byte[], OutgoingRecord> {
  static final String STORE = "pending";

  /** Each firing halves the records that Streams processes at a time, so not on every pass. */
  private static final Duration COLLECT_EVERY = Duration.ofMillis(5);

  private final Answering answering;
  private final RequestMetrics metrics;
  private final CommitPace pace;
  private @Nullable ProcessorContext<byte[], OutgoingRecord> context;
  private @Nullable OpenRequests open;

  /**
   * A processor that is not yet initialised.
   *
   * @param pace of all partitions, which commit together
   */
  AnswerProcessor(Answering answering, RequestMetrics metrics, CommitPace pace) {
    this.answering = answering;
    this.metrics = metrics;
    this.pace = pace;
  }

  @Override
  public void init(ProcessorContext<byte[], OutgoingRecord> taskContext) {
    OpenRequests requests =
        new OpenRequests(
            answering,
            metrics,
            pace,
            taskContext,
            taskContext.getStateStore(STORE),
            System::nanoTime);
    context = taskContext;
    open = requests;
    requests.resume();
    taskContext.schedule(
        COLLECT_EVERY, PunctuationType.WALL_CLOCK_TIME, time -> requests.punctuate());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long offset = requireNonNull(context).recordMetadata().orElseThrow().offset();
    requireNonNull(open)
        .accept(
            new ReceivedRequest(
                offset, record.timestamp(), record.key(), record.value(), record.headers()));
  }

  @Override
  public void close() {
    if (open != null) {
      open.abandon();
    }
  }
}
