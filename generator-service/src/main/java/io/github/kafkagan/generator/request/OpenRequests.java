package io.github.kafkagan.generator.request;

import io.github.kafkagan.generator.reply.OutgoingRecord;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one partition that are not yet answered. Each waits in a change-logged store
 * until its answer is forwarded, so that whoever has the partition next answers what is left open
 * here, and nothing else. All but {@link #abandon} is called by the stream thread.
 */
final class OpenRequests {
  /** Beyond these many the stream thread waits for answers before it takes more requests. */
  private static final int MAX_OPEN = 1000;

  private static final int MAX_OPEN_IMAGES = 4 * GenerationRequest.MAX_COUNT;

  /** As they were received; what latent vectors are read into takes about ten times that. */
  private static final long MAX_OPEN_BYTES = 8 << 20;

  /**
   * How long one pass of the stream thread waits at most: its transaction lives five times that.
   */
  private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Answering answering;
  private final RequestMetrics metrics;
  private final CommitPace pace;
  private final ProcessorContext<byte[], OutgoingRecord> context;
  private final PendingStore store;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Answered> answered = new LinkedBlockingQueue<>();
  private int open;
  private int openImages;
  private long openBytes;
  private boolean uncommitted;
  private boolean commitAsked;
  private long passBegan;
  private volatile boolean abandoned;

  /** A request and its answer, or how answering failed. */
  private record Answered(
      ReceivedRequest request,
      int images,
      boolean stored,
      @Nullable OutgoingRecord answer,
      @Nullable Throwable failure) {}

  OpenRequests(
      Answering answering,
      RequestMetrics metrics,
      CommitPace pace,
      ProcessorContext<byte[], OutgoingRecord> context,
      KeyValueStore<Long, ReceivedRequest> store,
      LongSupplier nanoTime) {
    this.answering = answering;
    this.metrics = metrics;
    this.pace = pace;
    this.context = context;
    this.store = new PendingStore(store);
    this.nanoTime = nanoTime;
    passBegan = nanoTime.getAsLong();
  }

  /** Goes on with what the partition's previous owner left open. */
  void resume() {
    store.left().forEach(request -> await(request, true));
  }

  /** Takes a new request. */
  void accept(ReceivedRequest request) {
    goOn(nanoTime.getAsLong());
    await(request, false);
    forwardAnswered();
    waitWhileFull();
  }

  /** One pass of the stream thread ends. */
  void punctuate() {
    passBegan = nanoTime.getAsLong();
    goOn(passBegan);
    forwardAnswered();
    store.mark();
    long now = nanoTime.getAsLong();
    if (uncommitted && pace.isDue(now)) {
      context.commit();
      pace.committing(now);
      uncommitted = false;
      commitAsked = true;
    }
  }

  /** Streams commits at the end of the pass in which that was asked for. */
  private void goOn(long now) {
    if (commitAsked) {
      pace.committed(now);
      commitAsked = false;
    }
  }

  /** The partition goes elsewhere. */
  void abandon() {
    abandoned = true;
    goOn(nanoTime.getAsLong());
    pace.closed(open);
    open = 0;
  }

  private void await(ReceivedRequest request, boolean inStore) {
    Answering.Answer answer =
        answering.answer(request, context.taskId().partition(), () -> abandoned);
    boolean atOnce = answer.record().isDone();
    if (!inStore && !atOnce) {
      store.keep(request);
    }
    boolean stored = inStore || !atOnce;
    open++;
    openImages += answer.images();
    openBytes += request.bytes();
    pace.opened();
    var unused =
        answer
            .record()
            .whenComplete(
                (record, failure) ->
                    answered.add(new Answered(request, answer.images(), stored, record, failure)));
  }

  private void forwardAnswered() {
    for (Answered next = answered.poll(); next != null; next = answered.poll()) {
      forward(next);
    }
  }

  private void waitWhileFull() {
    try {
      while (isFull()) {
        long patience = passBegan + MAX_WAIT_NANOS - nanoTime.getAsLong();
        Answered next = answered.poll(Math.max(0, patience), TimeUnit.NANOSECONDS);
        if (next == null) {
          return;
        }
        forward(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isFull() {
    return open > MAX_OPEN || openImages > MAX_OPEN_IMAGES || openBytes > MAX_OPEN_BYTES;
  }

  private void forward(Answered next) {
    OutgoingRecord answer = next.answer();
    if (answer == null) {
      throw new StreamsException(
          "a request could not even be answered by an error", next.failure());
    }
    long now = context.currentSystemTimeMs();
    context.forward(new Record<>(answer.key(), answer, now, new RecordHeaders(answer.headers())));
    if (next.stored()) {
      store.answered(next.request().offset());
    }
    open--;
    openImages -= next.images();
    openBytes -= next.request().bytes();
    pace.closed(1);
    uncommitted = true;
    metrics.answered(answer, Duration.ofMillis(now - next.request().timestamp()));
  }
}
