package io.github.kafkagan.pipeline.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one request got, as reply topics carry it in JSON: images or an error. */
public sealed interface GenerationReply {
  /** The request's own id; null if it had none or none could be read. */
  @Nullable String id();

  /**
   * Images, and all that is needed to have the same ones again.
   *
   * @param seed what the latent vectors were drawn from
   * @param labels the class of each image; empty if the model has none
   * @param shape rows, columns and channels of an image
   * @param images base64, as {@code format} says: one text per image, or one contact sheet
   */
  record Images(
      @Nullable String id,
      String model,
      Source checkpoint,
      long seed,
      double truncation,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> labels,
      ImageFormat format,
      List<Integer> shape,
      List<String> images)
      implements GenerationReply {
    public Images {
      labels = labels == null ? List.of() : List.copyOf(labels);
      shape = List.copyOf(shape);
      images = List.copyOf(images);
    }
  }

  /** An error, in place of images. */
  record Failure(@Nullable String id, Problem error) implements GenerationReply {}

  /**
   * The checkpoint whose generator made the images.
   *
   * @param step generator steps trained
   * @param sha256 of the checkpoint's bytes, lower-case hexadecimal
   * @param imagesSeen real images trained on
   * @param newestImageTimestamp epoch milliseconds of the newest of them; 0 if none
   */
  record Source(long step, String sha256, long imagesSeen, long newestImageTimestamp) {
    public static Source of(Manifest manifest) {
      return new Source(
          manifest.step(),
          manifest.sha256(),
          manifest.imagesSeen(),
          manifest.newestImageTimestamp());
    }
  }

  /** What went wrong, for programs and for people. */
  record Problem(ErrorCode code, String message) {}

  /**
   * Reads a reply.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  static GenerationReply read(byte[] json) {
    JsonNode tree = Json.read(json, JsonNode.class);
    return tree.has("error") ? Json.value(tree, Failure.class) : Json.value(tree, Images.class);
  }
}
