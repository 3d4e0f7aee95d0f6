package io.github.kafkagan.generator.reply;

import io.github.kafkagan.generator.sample.Sample;
import io.github.kafkagan.pipeline.contract.CheckpointChoice;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationReply;
import io.github.kafkagan.pipeline.contract.GenerationReply.Source;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.ImageFormat;
import io.github.kafkagan.pipeline.contract.LatentChoice;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What replies to a request say, whichever way they go. */
public final class ReplyBody {
  private ReplyBody() {}

  /** The reply as JSON has it. */
  public static GenerationReply.Images images(GenerationRequest request, Sample sample) {
    return images(request, sample, ImageEncoder.texts(sample, request.formatOrDefault()));
  }

  /** The same with these images. */
  static GenerationReply.Images images(
      GenerationRequest request, Sample sample, List<String> images) {
    boolean several = request.checkpoint() instanceof CheckpointChoice.All;
    return new GenerationReply.Images(
        request.id(),
        sample.manifest().model(),
        several ? null : Source.of(sample.manifest()),
        several ? sample.manifests().stream().map(Source::of).toList() : List.of(),
        seed(request, sample),
        request.latents() instanceof LatentChoice.Between path ? path : null,
        request.truncation(),
        sample.labels(),
        sample.scores(),
        request.formatOrDefault(),
        List.of(sample.shape().rows(), sample.shape().cols(), sample.shape().channels()),
        images);
  }

  /**
   * The reply as one PNG file.
   *
   * @throws RequestException if the request wants raw pixels
   */
  public static byte[] file(GenerationRequest request, Sample sample) {
    if (request.format() == ImageFormat.U8) {
      throw new RequestException(
          ErrorCode.NOT_ACCEPTABLE, "format u8 cannot come as " + ReplyAddress.PNG);
    }
    return ImageEncoder.file(sample);
  }

  /** What a JSON reply says of its images, by name, for one that is a file. */
  public static Map<String, String> facts(GenerationRequest request, Sample sample) {
    Map<String, String> facts = new TreeMap<>();
    if (request.id() != null) {
      facts.put("id", request.id());
    }
    facts.put("model", sample.manifest().model());
    facts.put("step", each(sample, manifest -> Long.toString(manifest.step())));
    facts.put("sha256", each(sample, Manifest::sha256));
    Long seed = seed(request, sample);
    if (seed != null) {
      facts.put("seed", Long.toString(seed));
    }
    return facts;
  }

  private static @Nullable Long seed(GenerationRequest request, Sample sample) {
    return request.latents() instanceof LatentChoice.Drawn ? sample.seed() : null;
  }

  private static String each(Sample sample, Function<Manifest, String> fact) {
    return sample.manifests().stream().map(fact).collect(Collectors.joining(","));
  }
}
