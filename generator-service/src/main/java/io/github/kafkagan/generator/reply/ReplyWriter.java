package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.generator.sample.Sample;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationReply;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.ImageFormat;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Writes reply records that fit where they go. */
public final class ReplyWriter {
  private ReplyWriter() {}

  /**
   * The reply with a request's images.
   *
   * @throws RequestException if it cannot be had in that form, or would be too large for its topic
   */
  public static OutgoingRecord images(ReplyRoute route, GenerationRequest request, Sample sample) {
    return route.address().png() ? file(route, request, sample) : json(route, request, sample);
  }

  /** The reply that says what went wrong; empty if its topic does not take even that. */
  public static Optional<OutgoingRecord> failure(
      ReplyRoute route, @Nullable String id, RequestException failure) {
    byte[] value = Json.bytes(new GenerationReply.Failure(id, failure.problem()));
    return Stream.of(route.address(), route.address().withoutEchoes())
        .map(address -> address.headers(ReplyAddress.JSON, CloudEvent.ERROR, null))
        .map(headers -> record(route, value, headers, failure.code().code()))
        .filter(reply -> size(reply) <= route.limits().maxRecordBytes())
        .findFirst();
  }

  private static OutgoingRecord file(ReplyRoute route, GenerationRequest request, Sample sample) {
    byte[] file = ReplyBody.file(request, sample);
    List<Header> headers =
        new ArrayList<>(imageHeaders(route, ReplyAddress.PNG, sample.manifest().model()));
    ReplyBody.facts(request, sample)
        .forEach((name, text) -> headers.add(new RecordHeader(name, text.getBytes(UTF_8))));
    OutgoingRecord reply = record(route, file, headers, OutgoingRecord.OK);
    if (size(reply) > route.limits().maxRecordBytes()) {
      throw tooLarge(route, sample, roughlyFit(route, sample, file.length, reply));
    }
    return reply;
  }

  private static OutgoingRecord json(ReplyRoute route, GenerationRequest request, Sample sample) {
    GenerationReply.Images body = ReplyBody.images(request, sample);
    OutgoingRecord reply = json(route, body);
    if (size(reply) <= route.limits().maxRecordBytes()) {
      return reply;
    }
    long fit =
        request.formatOrDefault() == ImageFormat.GRID
            ? roughlyFit(route, sample, body.images().get(0).length(), reply)
            : fit(route, body.images(), json(route, ReplyBody.images(request, sample, List.of())));
    throw tooLarge(route, sample, fit);
  }

  private static OutgoingRecord json(ReplyRoute route, GenerationReply.Images body) {
    List<Header> headers = imageHeaders(route, ReplyAddress.JSON, body.model());
    return record(route, Json.bytes(body), headers, OutgoingRecord.OK);
  }

  private static List<Header> imageHeaders(ReplyRoute route, String contentType, String model) {
    return route.address().headers(contentType, CloudEvent.IMAGES, model);
  }

  private static OutgoingRecord record(
      ReplyRoute route, byte[] value, List<Header> headers, String outcome) {
    ReplyAddress address = route.address();
    return new OutgoingRecord(
        address.topic(), address.partition(), address.key(), value, headers, outcome);
  }

  private static long size(OutgoingRecord reply) {
    return RecordSize.upperBound(reply.key(), reply.value(), reply.headers());
  }

  private static RequestException tooLarge(ReplyRoute route, Sample sample, long fit) {
    return new RequestException(
        ErrorCode.REPLY_TOO_LARGE,
        "%d images do not fit into the %d bytes that topic %s takes; %d do"
            .formatted(
                sample.count(), route.limits().maxRecordBytes(), route.address().topic(), fit));
  }

  /** How many of these texts a reply takes: each has two quotes, and a comma but for the last. */
  private static long fit(ReplyRoute route, List<String> images, OutgoingRecord empty) {
    long room = route.limits().maxRecordBytes() - size(empty) + 1;
    int fit = 0;
    for (String image : images) {
      room -= image.length() + 3;
      if (room < 0) {
        break;
      }
      fit++;
    }
    return fit;
  }

  /** A sheet's size is not the sum of its images', but about in proportion. */
  private static long roughlyFit(
      ReplyRoute route, Sample sample, int sheetBytes, OutgoingRecord whole) {
    long room = route.limits().maxRecordBytes() - (size(whole) - sheetBytes);
    return Math.max(0, sample.count() * room / (sheetBytes + 1) * 9 / 10);
  }
}
