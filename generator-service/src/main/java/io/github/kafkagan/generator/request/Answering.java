package io.github.kafkagan.generator.request;

import io.github.kafkagan.generator.reply.AnsweredRequest;
import io.github.kafkagan.generator.reply.OutgoingRecord;
import io.github.kafkagan.generator.reply.RecordSize;
import io.github.kafkagan.generator.reply.ReplyRoute;
import io.github.kafkagan.generator.reply.ReplyRouter;
import io.github.kafkagan.generator.reply.ReplyWriter;
import io.github.kafkagan.generator.reply.RequesterName;
import io.github.kafkagan.generator.sample.Client;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.Rejection;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From one request to the one record that answers it: images, an error, or, where no reply topic
 * takes even that, the request itself for the rejected topic.
 */
public final class Answering {
  private static final Logger log = LoggerFactory.getLogger(Answering.class);

  private final String requestsTopic;
  private final String rejectedTopic;
  private final ReplyRouter router;
  private final Sampler sampler;
  private final Function<String, Executor> encoder;

  /**
   * All parts are owned by the caller.
   *
   * @param encoder where replies to a client are written
   */
  public Answering(
      String requestsTopic,
      String rejectedTopic,
      ReplyRouter router,
      Sampler sampler,
      Function<String, Executor> encoder) {
    this.requestsTopic = requestsTopic;
    this.rejectedTopic = rejectedTopic;
    this.router = router;
    this.sampler = sampler;
    this.encoder = encoder;
  }

  /**
   * An answer on its way.
   *
   * @param images how many were asked for; 0 if that could not be read
   */
  record Answer(CompletableFuture<OutgoingRecord> record, int images) {}

  /**
   * Begins to answer; never blocks, never fails for what a requester did.
   *
   * @param partition where the request came from
   * @param abandoned whether nobody waits for the answer any more
   */
  Answer answer(ReceivedRequest received, int partition, BooleanSupplier abandoned) {
    GenerationRequest request;
    try {
      request = GenerationRequest.parse(received.value());
    } catch (RequestException e) {
      return new Answer(
          answered(received, partition, route -> CompletableFuture.failedFuture(e)), 0);
    }
    return new Answer(
        answered(
            received,
            partition,
            route ->
                images(
                    route,
                    request,
                    received.timestamp(),
                    new Client(RequesterName.of(received.headers(), partition), abandoned))),
        request.count());
  }

  /** The route's own problem comes first, then {@code work}'s; each ends as a record. */
  private CompletableFuture<OutgoingRecord> answered(
      ReceivedRequest received,
      int partition,
      Function<ReplyRoute, CompletableFuture<OutgoingRecord>> work) {
    return router
        .route(
            AnsweredRequest.at(
                requestsTopic, partition, received.offset(), received.key(), received.headers()))
        .thenCompose(
            route ->
                route
                    .refused()
                    .map(CompletableFuture::<OutgoingRecord>failedFuture)
                    .orElseGet(() -> work.apply(route))
                    .exceptionallyCompose(failure -> failed(received, partition, route, failure)))
        .exceptionallyCompose(failure -> rejected(received, partition, problem(failure)));
  }

  private CompletableFuture<OutgoingRecord> images(
      ReplyRoute route, GenerationRequest request, long askedAt, Client client) {
    return sampler
        .submit(request, askedAt, client)
        .thenApplyAsync(
            sample -> ReplyWriter.images(route, request, sample), encoder.apply(client.name()));
  }

  private CompletableFuture<OutgoingRecord> failed(
      ReceivedRequest received, int partition, ReplyRoute route, Throwable failure) {
    RequestException problem = problem(failure);
    String id = GenerationRequest.idIn(received.value()).orElse(null);
    return ReplyWriter.failure(route, id, problem)
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> rejected(received, partition, problem));
  }

  private static RequestException problem(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RequestException problem) {
      return problem;
    }
    if (!(cause instanceof CancellationException)) {
      log.atError().setCause(cause).log("A request failed by our own fault");
    }
    return new RequestException(ErrorCode.INTERNAL_ERROR, "the service failed; its log says how");
  }

  private CompletableFuture<OutgoingRecord> rejected(
      ReceivedRequest received, int partition, RequestException problem) {
    ProducerRecord<byte[], byte[]> rejection =
        Rejection.of(
            rejectedTopic,
            received.asRecord(requestsTopic, partition),
            "no reply topic takes the error "
                + problem.code().code()
                + ": "
                + problem.getMessage());
    List<Header> headers = Arrays.asList(rejection.headers().toArray());
    return router
        .maxRecordBytes(rejectedTopic)
        .thenApply(
            limit -> {
              boolean fits =
                  RecordSize.upperBound(rejection.key(), rejection.value(), headers) <= limit;
              return new OutgoingRecord(
                  rejectedTopic,
                  OptionalInt.empty(),
                  fits ? rejection.key() : null,
                  fits ? rejection.value() : null,
                  headers,
                  OutgoingRecord.REJECTED);
            });
  }
}
