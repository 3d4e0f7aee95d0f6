package io.github.kafkagan.pipeline.contract;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From JSON that strangers wrote to a request; each mistake is one error with its code. */
final class RequestReader {
  private static final List<String> FIELDS =
      List.of(
          "id",
          "model",
          "count",
          "seed",
          "labels",
          "latents",
          "interpolate",
          "truncation",
          "format",
          "checkpoint",
          "score",
          "minScore",
          "deadlineMs");

  private static final String CHOICES =
      "checkpoint must be \"latest\", \"best\", \"all\", {\"step\": number} or {\"minStep\": number}";

  private final RequestFields fields;

  RequestReader(byte @Nullable [] json) {
    this.fields = RequestFields.of(json);
  }

  GenerationRequest read() {
    fields.refuseUnknown(FIELDS);
    LatentChoice latents = latents();
    return new GenerationRequest(
        fields.text("id").orElse(null),
        fields.text("model").orElse(null),
        count(latents),
        latents,
        fields.integers("labels").orElse(List.of()),
        fields.number("truncation").orElse(1.0),
        fields.text("format").map(ImageFormat::named).orElse(null),
        checkpoint(),
        fields.flag("score").orElse(false),
        fields.number("minScore").orElse(null),
        deadline());
  }

  private LatentChoice latents() {
    Long seed = fields.integer("seed").map(number -> seed("seed", number)).orElse(null);
    Optional<List<List<Float>>> given = fields.vectors("latents");
    Optional<RequestFields> between = fields.object("interpolate");
    if (between.isPresent()) {
      refuseTogether("interpolate", "seed", "latents", "count");
      return between(between.get());
    }
    return given
        .<LatentChoice>map(vectors -> new LatentChoice.Given(vectors, seed))
        .orElseGet(() -> new LatentChoice.Drawn(seed));
  }

  private static LatentChoice between(RequestFields path) {
    path.refuseUnknown(List.of("from", "to", "frames"));
    return new LatentChoice.Between(
        seed("interpolate.from", required(path, "from")),
        seed("interpolate.to", required(path, "to")),
        required(path, "frames").min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue());
  }

  private static BigInteger required(RequestFields path, String name) {
    return path.integer(name)
        .orElseThrow(
            () ->
                new RequestException(
                    ErrorCode.INTERPOLATION_OUT_OF_RANGE,
                    "interpolate needs from, to and frames, it has no " + name));
  }

  private int count(LatentChoice latents) {
    int implied = 1;
    if (latents instanceof LatentChoice.Given given) {
      implied = given.vectors().size();
    } else if (latents instanceof LatentChoice.Between path) {
      implied = path.frames();
    }
    return fields.integer("count").map(RequestReader::count).orElse(implied);
  }

  private static int count(BigInteger number) {
    if (number.bitLength() > 31) {
      throw GenerationRequest.countOutOfRange(RequestFields.shortened(number.toString()));
    }
    return number.intValue();
  }

  private CheckpointChoice checkpoint() {
    if (fields.isAbsent("checkpoint")) {
      return new CheckpointChoice.Served();
    }
    if (fields.isText("checkpoint")) {
      String name = fields.text("checkpoint").orElseThrow();
      return switch (name) {
        case "latest" -> new CheckpointChoice.Latest();
        case "best" -> new CheckpointChoice.Best();
        case "all" -> new CheckpointChoice.All();
        default -> throw malformedChoice("was '" + RequestFields.shortened(name) + "'");
      };
    }
    RequestFields choice = fields.object("checkpoint").orElseThrow();
    choice.refuseUnknown(List.of("step", "minStep"));
    Optional<Long> step = choice.integer("step").map(RequestReader::step);
    Optional<Long> least = choice.integer("minStep").map(RequestReader::step);
    if (step.isPresent() == least.isPresent()) {
      throw malformedChoice(step.isPresent() ? "had both" : "had neither");
    }
    return step.<CheckpointChoice>map(CheckpointChoice.Pinned::new)
        .orElseGet(() -> new CheckpointChoice.AtLeast(least.orElseThrow()));
  }

  private static long step(BigInteger number) {
    if (number.signum() < 0 || number.bitLength() > 63) {
      throw malformedChoice("one was " + RequestFields.shortened(number.toString()));
    }
    return number.longValue();
  }

  private static RequestException malformedChoice(String was) {
    return new RequestException(ErrorCode.CHECKPOINT_MALFORMED, CHOICES + ", " + was);
  }

  private @Nullable Long deadline() {
    return fields
        .integer("deadlineMs")
        .map(
            number ->
                number.bitLength() > 63 ? Long.MAX_VALUE * number.signum() : number.longValue())
        .orElse(null);
  }

  private static long seed(String name, BigInteger number) {
    if (number.bitLength() > 63) {
      throw new RequestException(
          ErrorCode.SEED_OUT_OF_RANGE, name + " must fit into 64 bits with a sign");
    }
    return number.longValue();
  }

  private void refuseTogether(String name, String... others) {
    for (String other : others) {
      if (!fields.isAbsent(other)) {
        throw new RequestException(
            ErrorCode.CONFLICTING_FIELDS,
            "%s and %s cannot be had together".formatted(name, other));
      }
    }
  }
}
