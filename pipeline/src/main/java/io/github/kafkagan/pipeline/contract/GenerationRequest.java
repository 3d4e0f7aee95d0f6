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
 * @param count how many images, 1 to 1024; of each checkpoint, if it is to be several
 * @param latents which latent vectors they come from
 * @param labels a class for all images, or one for each; if empty, drawn from the seed
 * @param truncation what latent vectors are multiplied by, 0 (all images alike) to 1 (the default)
 * @param format how the reply carries the images; PNG files if null
 * @param checkpoint which generator makes them
 * @param score whether the reply is to tell what the discriminator thinks of each image
 * @param minScore the least logit that the discriminator may give an image; others are drawn again;
 *     any if null
 * @param deadlineMs milliseconds from the request's timestamp after which an error is as good as
 *     the images, 1 to 600,000; no such limit if null
 */
public record GenerationRequest(
    @Nullable String id,
    @Nullable String model,
    int count,
    LatentChoice latents,
    List<Integer> labels,
    double truncation,
    @Nullable ImageFormat format,
    CheckpointChoice checkpoint,
    boolean score,
    @Nullable Double minScore,
    @Nullable Long deadlineMs) {
  public static final int MAX_COUNT = 1024;

  private static final int MAX_ID_LENGTH = 256;
  private static final long MAX_DEADLINE_MS = 600_000;

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
    if (latents instanceof LatentChoice.Between path) {
      requirePath(path);
    }
    if (latents instanceof LatentChoice.Given given) {
      requireVectors(given.vectors(), count);
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
    if (minScore != null
        && !(latents instanceof LatentChoice.Drawn
            && !(checkpoint instanceof CheckpointChoice.All))) {
      throw new RequestException(
          ErrorCode.CONFLICTING_FIELDS,
          "minScore draws images again, so that it cannot be had with latents, interpolate or all"
              + " checkpoints");
    }
    if (deadlineMs != null && (deadlineMs < 1 || deadlineMs > MAX_DEADLINE_MS)) {
      throw new RequestException(
          ErrorCode.DEADLINE_OUT_OF_RANGE,
          "deadlineMs must be 1 to %d, was %d".formatted(MAX_DEADLINE_MS, deadlineMs));
    }
  }

  /** A request for images with a seed of the service's choice. */
  public static GenerationRequest of(String id, int count) {
    return new GenerationRequest(
        id,
        null,
        count,
        new LatentChoice.Drawn(null),
        List.of(),
        1,
        null,
        new CheckpointChoice.Served(),
        false,
        null,
        null);
  }

  /**
   * Reads a request.
   *
   * @throws RequestException if the bytes are no such request
   */
  public static GenerationRequest parse(byte @Nullable [] json) {
    return new RequestReader(json).read();
  }

  /** The id of a request that may be wrong otherwise, for its error reply. */
  public static Optional<String> idIn(byte @Nullable [] json) {
    try {
      return RequestFields.of(json).text("id").filter(id -> id.length() <= MAX_ID_LENGTH);
    } catch (RequestException e) {
      return Optional.empty();
    }
  }

  /** Whether the discriminator is asked for its opinion. */
  public boolean needsScores() {
    return score || minScore != null;
  }

  /** The format of the images, {@link ImageFormat#PNG} unless the request says otherwise. */
  public ImageFormat formatOrDefault() {
    return format == null ? ImageFormat.PNG : format;
  }

  static RequestException countOutOfRange(String count) {
    return new RequestException(
        ErrorCode.COUNT_OUT_OF_RANGE, "count must be 1 to %d, was %s".formatted(MAX_COUNT, count));
  }

  private static void requirePath(LatentChoice.Between path) {
    if (path.frames() < 2 || path.frames() > MAX_COUNT) {
      throw new RequestException(
          ErrorCode.INTERPOLATION_OUT_OF_RANGE,
          "interpolate.frames must be 2 to %d, was %d".formatted(MAX_COUNT, path.frames()));
    }
  }

  private static void requireVectors(List<List<Float>> vectors, int count) {
    if (vectors.isEmpty() || vectors.size() != count) {
      throw new RequestException(
          ErrorCode.LATENTS_MALFORMED,
          "latents must have one vector for each image: %d for %d images"
              .formatted(vectors.size(), count));
    }
    int size = vectors.get(0).size();
    for (List<Float> vector : vectors) {
      if (vector.isEmpty() || vector.size() != size) {
        throw new RequestException(
            ErrorCode.LATENTS_MALFORMED,
            "latents must be vectors of one length, there are %d and %d numbers"
                .formatted(size, vector.size()));
      }
    }
  }
}
