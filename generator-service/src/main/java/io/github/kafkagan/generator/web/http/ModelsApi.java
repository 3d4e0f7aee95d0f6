package io.github.kafkagan.generator.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Which models there are, and what can be asked of each. */
final class ModelsApi {
  private final ServedModels models;

  ModelsApi(ServedModels models) {
    this.models = models;
  }

  /**
   * A model.
   *
   * @param served null while no checkpoint of it is
   * @param loadedSteps steps of the checkpoints that a request can name, oldest first
   * @param bestStep step of the best one; null before the first evaluation
   */
  private record Model(
      String name,
      boolean isDefault,
      @Nullable Served served,
      List<Long> loadedSteps,
      @Nullable Long bestStep) {}

  /**
   * The checkpoint that a model is served from.
   *
   * @param classes how many labels it knows, 0 if none
   * @param shape rows, columns and channels of an image
   */
  private record Served(
      long step,
      long version,
      String sha256,
      long imagesSeen,
      long newestImageTimestamp,
      long createdAt,
      SortedMap<String, Double> quality,
      int classes,
      List<Integer> shape) {
    static Served of(Manifest manifest) {
      JsonNode spec = manifest.spec();
      ImageShape shape = ImageShape.parse(spec.path("image").asText());
      return new Served(
          manifest.step(),
          manifest.version(),
          manifest.sha256(),
          manifest.imagesSeen(),
          manifest.newestImageTimestamp(),
          manifest.createdAt(),
          manifest.quality(),
          spec.path("classes").asInt(),
          List.of(shape.rows(), shape.cols(), shape.channels()));
    }
  }

  void list(Context context) {
    Answers.json(context, Map.of("models", models.names().stream().map(this::model).toList()));
  }

  private Model model(String name) {
    return new Model(
        name,
        name.equals(models.defaultModel()),
        models.manifest(name).map(Served::of).orElse(null),
        models.loaded(name).stream().map(Manifest::step).toList(),
        models.best(name).map(Manifest::step).orElse(null));
  }
}
