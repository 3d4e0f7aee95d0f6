package io.github.kafkagan.pipeline.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.LatentChoice.Between;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one request got, as reply topics carry it in JSON: images or an error. */
public sealed interface GenerationReply {
  /** The request's own id; null if it had none or none could be read. */
  @Nullable String id();

  /**
   * Images, and all that is needed to have the same ones again.
   *
   * @param checkpoint where all come from; null if they come from several
   * @param checkpoints where they come from, equally many images from each, in their order; empty
   *     if all come from {@code checkpoint}
   * @param seed what the latent vectors were drawn from; null if they were given, or between two
   * @param interpolate what the latent vectors are between; null if they are not
   * @param labels the class of each image; empty if the model has none
   * @param scores the discriminator's logit of each image, more is more real; empty unless asked
   *     for
   * @param shape rows, columns and channels of an image
   * @param images base64, as {@code format} says: one text per image, or one contact sheet
   */
  record Images(
      @Nullable String id,
      String model,
      @Nullable Source checkpoint,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Source> checkpoints,
      @Nullable Long seed,
      @Nullable Between interpolate,
      double truncation,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> labels,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> scores,
      ImageFormat format,
      List<Integer> shape,
      List<String> images)
      implements GenerationReply {
    public Images {
      checkpoints = checkpoints == null ? List.of() : List.copyOf(checkpoints);
      labels = labels == null ? List.of() : List.copyOf(labels);
      scores = scores == null ? List.of() : List.copyOf(scores);
      shape = List.copyOf(shape);
      images = List.copyOf(images);
      if (checkpoint == null && checkpoints.isEmpty()) {
        throw new IllegalArgumentException("the images come from no checkpoint");
      }
    }

    /** The checkpoint that the images come from, the last of several. */
    public Source source() {
      return checkpoint == null ? checkpoints.get(checkpoints.size() - 1) : checkpoint;
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
   * @param offsets per images partition, the offset of the first record that was not trained on
   * @param newestImageTimestamp epoch milliseconds of the newest of them; 0 if none
   */
  record Source(
      long step,
      String sha256,
      long imagesSeen,
      SortedMap<Integer, Long> offsets,
      long newestImageTimestamp) {
    public Source {
      offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    public static Source of(Manifest manifest) {
      return new Source(
          manifest.step(),
          manifest.sha256(),
          manifest.imagesSeen(),
          manifest.offsets(),
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
