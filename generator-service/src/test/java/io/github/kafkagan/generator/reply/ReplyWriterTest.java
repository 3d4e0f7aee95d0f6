package io.github.kafkagan.generator.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.generator.sample.Requests;
import io.github.kafkagan.generator.sample.Sample;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationReply;
import io.github.kafkagan.pipeline.contract.GenerationReply.Source;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.ImageFormat;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplyWriterTest {
  private static final ImageShape SHAPE = new ImageShape(4, 6, 1);

  @Test
  void givenPngThenEachImageIsAFile() throws IOException {
    Sample sample = sample(3);

    GenerationReply.Images reply = images(route(false, 100_000), ImageFormat.PNG, sample);

    assertThat(reply.images()).hasSize(3);
    assertThat(reply.shape()).containsExactly(4, 6, 1);
    BufferedImage second = decode(Base64.getDecoder().decode(reply.images().get(1)));
    assertThat(second.getWidth()).isEqualTo(6);
    assertThat(second.getRaster().getSample(5, 3, 0)).isEqualTo(sample.image(1)[23] & 0xff);
  }

  @Test
  void givenGridThenAllAreOnOneSheet() throws IOException {
    GenerationReply.Images reply = images(route(false, 100_000), ImageFormat.GRID, sample(5));

    assertThat(reply.images()).hasSize(1);
    BufferedImage sheet = decode(Base64.getDecoder().decode(reply.images().get(0)));
    assertThat(sheet.getWidth()).isBetween(3 * 6, 3 * 6 + 4);
    assertThat(sheet.getHeight()).isBetween(2 * 4, 2 * 4 + 2);
  }

  @Test
  void givenSeveralCheckpointsThenASheetHasAColumnForEach() throws IOException {
    byte[] pixels = sample(6).pixels();
    List<Manifest> manifests =
        List.of(
            TestManifests.set("digits", 1).manifest(),
            TestManifests.set("digits", 2).manifest(),
            TestManifests.set("digits", 3).manifest());
    Sample two = new Sample(manifests, SHAPE, 42, List.of(), List.of(), pixels);
    GenerationRequest request = Requests.of("{\"checkpoint\": \"all\", \"format\": \"grid\"}");

    GenerationReply.Images reply = ReplyBody.images(request, two);

    assertThat(reply.checkpoint()).isNull();
    assertThat(reply.checkpoints()).extracting(Source::step).containsExactly(100L, 200L, 300L);
    BufferedImage sheet = decode(Base64.getDecoder().decode(reply.images().get(0)));
    assertThat(sheet.getWidth()).isEqualTo(3 * 6 + 2 * 2);
    assertThat(sheet.getHeight()).isEqualTo(2 * 4 + 2);
    // The second vector's image of the first checkpoint begins the second row.
    assertThat(sheet.getRaster().getSample(0, 4 + 2, 0)).isEqualTo(two.image(1)[0] & 0xff);
    assertThat(sheet.getRaster().getSample(6 + 2, 0, 0)).isEqualTo(two.image(2)[0] & 0xff);
    assertThat(ReplyBody.facts(request, two)).containsEntry("step", "100,200,300");
  }

  @Test
  void givenU8ThenEachImageIsItsPixels() {
    Sample sample = sample(2);

    GenerationReply.Images reply = images(route(false, 100_000), ImageFormat.U8, sample);

    assertThat(Base64.getDecoder().decode(reply.images().get(1))).isEqualTo(sample.image(1));
  }

  @Test
  void givenThatAPngIsAcceptedThenTheValueIsTheFile() throws IOException {
    OutgoingRecord reply = ReplyWriter.images(route(true, 100_000), request(null), sample(1));

    assertThat(decode(reply.value()).getWidth()).isEqualTo(6);
    assertThat(reply.headers())
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .contains("content-type=image/png", "id=a1", "model=digits", "step=100", "seed=42");
  }

  @Test
  void givenRawPixelsAsAPngThenThatIsRefused() {
    RequestException refused =
        catchThrowableOfType(
            RequestException.class,
            () -> ReplyWriter.images(route(true, 100_000), request(ImageFormat.U8), sample(1)));

    assertThat(refused.code()).isEqualTo(ErrorCode.NOT_ACCEPTABLE);
  }

  @Test
  void givenMoreImagesThanFitThenTheErrorSaysExactlyHowManyDo() {
    for (ImageFormat format : List.of(ImageFormat.PNG, ImageFormat.U8)) {
      Sample many = sample(50);
      ReplyRoute route = route(false, 2_000);

      RequestException refused =
          catchThrowableOfType(
              RequestException.class, () -> ReplyWriter.images(route, request(format), many));

      assertThat(refused.code()).isEqualTo(ErrorCode.REPLY_TOO_LARGE);
      int fit = Integer.parseInt(refused.getMessage().replaceFirst(".*; (\\d+) do", "$1"));
      assertThat(images(route, format, first(many, fit)).images()).hasSize(fit);
      assertThat(
              catchThrowableOfType(
                  RequestException.class,
                  () -> ReplyWriter.images(route, request(format), first(many, fit + 1))))
          .isNotNull();
    }
  }

  @Test
  void givenASheetThatDoesNotFitThenAsManyImagesAsTheErrorSaysDo() {
    Sample many = sample(500);
    ReplyRoute route = route(true, 6_000);

    RequestException refused =
        catchThrowableOfType(
            RequestException.class, () -> ReplyWriter.images(route, request(null), many));

    int fit = Integer.parseInt(refused.getMessage().replaceFirst(".*; (\\d+) do", "$1"));
    assertThat(fit).isBetween(50, 499);
    assertThat(ReplyWriter.images(route, request(null), first(many, fit)).value()).isNotEmpty();
  }

  @Test
  void givenAnErrorThatDoesNotFitEitherThenThereIsNoReply() {
    RequestException failure = new RequestException(ErrorCode.UNKNOWN_MODEL, "no such model");

    Optional<OutgoingRecord> reply = ReplyWriter.failure(route(false, 100_000), "a1", failure);
    assertThat(GenerationReply.read(requireNonNull(reply.orElseThrow().value())))
        .isEqualTo(new GenerationReply.Failure("a1", failure.problem()));
    assertThat(reply.get().outcome()).isEqualTo("unknown-model");

    assertThat(ReplyWriter.failure(route(false, 100), "a1", failure)).isEmpty();
  }

  @Test
  void givenAnErrorThatFitsWithoutWhatItRepeatsThenThatIsLeftOut() {
    RequestException failure = new RequestException(ErrorCode.UNKNOWN_MODEL, "no such model");

    assertThat(ReplyWriter.failure(route(false, 100_000), "a1", failure).orElseThrow().headers())
        .extracting(Header::key)
        .contains("traceparent", "ce_type");
    assertThat(ReplyWriter.failure(route(false, 800), "a1", failure).orElseThrow().headers())
        .extracting(Header::key)
        .doesNotContain("traceparent")
        .contains("ce_type");
  }

  private static GenerationReply.Images images(
      ReplyRoute route, ImageFormat format, Sample sample) {
    OutgoingRecord reply = ReplyWriter.images(route, request(format), sample);
    assertThat(reply.outcome()).isEqualTo("ok");
    assertThat(reply.key()).containsExactly(1, 2);
    return (GenerationReply.Images) GenerationReply.read(requireNonNull(reply.value()));
  }

  private static ReplyRoute route(boolean png, long maxBytes) {
    return new ReplyRoute(
        new ReplyAddress(
            "gan.replies",
            OptionalInt.empty(),
            new byte[] {1, 2},
            "gan.requests-0-7",
            null,
            List.of(new RecordHeader("traceparent", "0".repeat(400).getBytes(UTF_8))),
            png),
        new TopicLimits(4, maxBytes, false),
        Optional.empty());
  }

  private static GenerationRequest request(@Nullable ImageFormat format) {
    return Requests.of(
        format == null
            ? "{\"id\": \"a1\"}"
            : "{\"id\": \"a1\", \"format\": \"%s\"}".formatted(format.wireName()));
  }

  private static Sample sample(int count) {
    byte[] pixels = new byte[count * SHAPE.size()];
    new Random(1).nextBytes(pixels);
    List<Manifest> manifests = List.of(TestManifests.set("digits", 1).manifest());
    return new Sample(manifests, SHAPE, 42, List.of(), List.of(), pixels);
  }

  private static Sample first(Sample sample, int count) {
    byte[] pixels = Arrays.copyOf(sample.pixels(), count * SHAPE.size());
    return new Sample(sample.manifests(), SHAPE, 42, List.of(), List.of(), pixels);
  }

  private static BufferedImage decode(byte @Nullable [] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
