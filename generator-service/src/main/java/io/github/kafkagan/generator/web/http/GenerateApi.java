package io.github.kafkagan.generator.web.http;

import io.github.kafkagan.generator.reply.ReplyBody;
import io.github.kafkagan.generator.sample.Admission;
import io.github.kafkagan.generator.sample.Client;
import io.github.kafkagan.generator.sample.Sample;
import io.github.kafkagan.generator.sample.Sampler;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationReply;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.RequestException;
import io.github.kafkagan.pipeline.observe.MetricNames;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images for who asks over HTTP: the requests of the topic, and the same batches. */
final class GenerateApi {
  private static final Logger log = LoggerFactory.getLogger(GenerateApi.class);
  private static final String PNG = "image/png";
  private static final String OK = "ok";
  private static final String TOO_MANY = "too-many-requests";

  /** A thread each, which waits and then writes the files. */
  private static final int MAX_OPEN = 64;

  /** Longer than the longest deadline that a request may have. */
  private static final Duration PATIENCE = Duration.ofMinutes(11);

  private final Sampler sampler;
  private final MeterRegistry registry;
  private final Admission admission = new Admission(MAX_OPEN);

  GenerateApi(Sampler sampler, MeterRegistry registry) {
    this.sampler = sampler;
    this.registry = registry;
    // All from the start, at 0: the first of its kind is an increase then, and can be seen.
    requests(OK);
    requests(TOO_MANY);
    for (ErrorCode error : ErrorCode.values()) {
      requests(error.code());
    }
  }

  void generate(Context context) {
    requireJson(context);
    byte[] body = context.bodyAsBytes();
    String client = context.ip();
    if (!admission.enter(client, 1)) {
      requests(TOO_MANY).increment();
      context.header("Retry-After", "1");
      throw new WebException(
          503,
          TOO_MANY,
          "%d requests are being answered, or half as many of yours".formatted(MAX_OPEN));
    }
    try {
      GenerationRequest request = GenerationRequest.parse(body);
      write(context, request, sample(request, client));
      requests(OK).increment();
    } catch (RequestException e) {
      requests(e.code().code()).increment();
      String id = GenerationRequest.idIn(body).orElse(null);
      Answers.json(
          context.status(Answers.status(e.code())), new GenerationReply.Failure(id, e.problem()));
    } finally {
      admission.leave(client, 1);
    }
  }

  private Sample sample(GenerationRequest request, String client) {
    AtomicBoolean over = new AtomicBoolean();
    try {
      return sampler
          .submit(request, System.currentTimeMillis(), new Client("http " + client, over::get))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RequestException told) {
        throw told;
      }
      log.atError().setCause(e.getCause()).log("A request over HTTP failed");
      throw new RequestException(ErrorCode.INTERNAL_ERROR, "the service failed; its log says how");
    } catch (TimeoutException e) {
      throw new RequestException(ErrorCode.DEADLINE_MISSED, "the images were not made in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestException(ErrorCode.INTERNAL_ERROR, "the service is stopping");
    } finally {
      over.set(true);
    }
  }

  private static void write(Context context, GenerationRequest request, Sample sample) {
    if (Answers.header(context, "Accept").filter(accept -> accept.contains(PNG)).isEmpty()) {
      Answers.json(context, ReplyBody.images(request, sample));
      return;
    }
    byte[] file = ReplyBody.file(request, sample);
    Map<String, String> facts = ReplyBody.facts(request, sample);
    facts.remove("id"); // Any text, which is not for a header; who asked over HTTP knows it.
    facts.forEach((name, fact) -> context.header("Gan-" + name, fact));
    context.contentType(PNG).header("Cache-Control", "no-store").result(file);
  }

  private Counter requests(String outcome) {
    return Counter.builder(MetricNames.GENERATOR_HTTP_REQUESTS)
        .description("Requests for images that came over HTTP")
        .tag(MetricNames.OUTCOME, outcome)
        .register(registry);
  }

  private static void requireJson(Context context) {
    Optional<String> type = Answers.header(context, "Content-Type");
    if (type.filter(text -> text.matches("(?i)application/json\\s*(;.*)?")).isEmpty()) {
      throw new WebException(
          415, "unsupported-media-type", "a request has the Content-Type application/json");
    }
  }
}
