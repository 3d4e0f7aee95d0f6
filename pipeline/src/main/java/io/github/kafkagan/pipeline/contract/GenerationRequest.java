package io.github.kafkagan.pipeline.contract;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for images, as the requests topic carries it in JSON. Every field has a default, so
 * that {@code {}} asks for one image; a JSON null is as good as an absent field.
 *
 * @param id the requester's own name for it, echoed in the reply; at most 256 characters
 * @param model which model to ask; the service's default if null
 * @param count how many images, 1 to 1024; 1 if absent
 * @param seed what the latent vectors are drawn from; drawn at random and told in the reply if null
 * @param labels a class for all images, or one for each; if empty, drawn from the seed
 * @param truncation what latent vectors are multiplied by, 0 (all images alike) to 1 (the default)
 * @param format how the reply carries the images; PNG files if null
 */
public record GenerationRequest(
    @Nullable String id,
    @Nullable String model,
    int count,
    @Nullable Long seed,
    List<Integer> labels,
    double truncation,
    @Nullable ImageFormat format) {
  public static final int MAX_COUNT = 1024;

  private static final int MAX_ID_LENGTH = 256;
  private static final List<String> FIELDS =
      List.of("id", "model", "count", "seed", "labels", "truncation", "format");

  /** Fields of the protocol that this version refuses rather than ignores. */
  private static final List<String> UNSUPPORTED =
      List.of("checkpoint", "deadlineMs", "latents", "interpolate");

  /**
   * Validates.
   *
   * @throws RequestException if a value is out of its range
   */
  public GenerationRequest {
    labels = List.copyOf(labels);
    if (id != null && id.length() > MAX_ID_LENGTH) {
      throw new RequestException(
          ErrorCode.ID_TOO_LONG,
          "id must have at most %d characters, had %d".formatted(MAX_ID_LENGTH, id.length()));
    }
    if (count < 1 || count > MAX_COUNT) {
      throw countOutOfRange(Integer.toString(count));
    }
    if (!(truncation >= 0 && truncation <= 1)) {
      throw new RequestException(
          ErrorCode.TRUNCATION_OUT_OF_RANGE, "truncation must be 0 to 1, was " + truncation);
    }
    if (labels.size() > 1 && labels.size() != count) {
      throw new RequestException(
          ErrorCode.LABEL_COUNT_MISMATCH,
          "labels must have one number for all images or one for each: %d for %d images"
              .formatted(labels.size(), count));
    }
  }

  /** A request for images with a seed of the service's choice. */
  public static GenerationRequest of(String id, int count) {
    return new GenerationRequest(id, null, count, null, List.of(), 1, null);
  }

  /**
   * Reads a request.
   *
   * @throws RequestException if the bytes are no such request
   */
  public static GenerationRequest parse(byte @Nullable [] json) {
    RequestFields fields = RequestFields.of(json);
    fields.refuseUnknown(FIELDS, UNSUPPORTED);
    return new GenerationRequest(
        fields.text("id").orElse(null),
        fields.text("model").orElse(null),
        count(fields),
        seed(fields),
        fields.integers("labels").orElse(List.of()),
        fields.number("truncation").orElse(1.0),
        fields.text("format").map(ImageFormat::named).orElse(null));
  }

  /** The id of a request that may be wrong otherwise, for its error reply. */
  public static Optional<String> idIn(byte @Nullable [] json) {
    try {
      return RequestFields.of(json).text("id").filter(id -> id.length() <= MAX_ID_LENGTH);
    } catch (RequestException e) {
      return Optional.empty();
    }
  }

  private static int count(RequestFields fields) {
    return fields
        .integer("count")
        .map(
            number -> {
              if (number.bitLength() > 31) {
                throw countOutOfRange(RequestFields.shortened(number.toString()));
              }
              return number.intValue();
            })
        .orElse(1);
  }

  private static @Nullable Long seed(RequestFields fields) {
    return fields
        .integer("seed")
        .map(
            number -> {
              if (number.bitLength() > 63) {
                throw new RequestException(
                    ErrorCode.SEED_OUT_OF_RANGE, "seed must fit into 64 bits with a sign");
              }
              return number.longValue();
            })
        .orElse(null);
  }

  private static RequestException countOutOfRange(String count) {
    return new RequestException(
        ErrorCode.COUNT_OUT_OF_RANGE, "count must be 1 to %d, was %s".formatted(MAX_COUNT, count));
  }
}
