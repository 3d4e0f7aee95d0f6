package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is being served: per model one generator, replaced by newer ones. */
public final class ServedModels implements AutoCloseable {
  private static final int MAX_NAMED = 20;

  private final String defaultModel;
  private final Map<String, ServedGenerator> served = new ConcurrentHashMap<>();
  private final Set<String> announced = ConcurrentHashMap.newKeySet();

  /**
   * Nothing yet.
   *
   * @param defaultModel what requests get that name no model
   */
  public ServedModels(String defaultModel) {
    this.defaultModel = defaultModel;
    announced.add(defaultModel);
  }

  public String defaultModel() {
    return defaultModel;
  }

  /** The checkpoint that the model is served from; empty if it is not served. */
  public Optional<Manifest> manifest(String model) {
    return Optional.ofNullable(served.get(model)).map(ServedGenerator::manifest);
  }

  /**
   * The model's newest generator, to be released by the caller.
   *
   * @param model the default model if null
   * @throws RequestException if there is none
   */
  public ServedGenerator hold(@Nullable String model) {
    String name = model == null ? defaultModel : model;
    while (true) {
      ServedGenerator generator = served.get(name);
      if (generator == null) {
        throw absent(name);
      }
      if (generator.hold()) {
        return generator;
      }
      // Replaced and closed since it was looked up: its successor is there.
    }
  }

  /** The model exists, though no checkpoint of it may be fit to be served. */
  void announce(String model) {
    announced.add(model);
  }

  /** Serves this generator from now on; its predecessor closes with its last request. */
  void serve(ServedGenerator generator) {
    ServedGenerator replaced = served.put(generator.manifest().model(), generator);
    if (replaced != null) {
      replaced.release();
    }
  }

  private RequestException absent(String model) {
    if (announced.contains(model)) {
      return new RequestException(
          ErrorCode.NO_CHECKPOINT_YET,
          "model %s has no checkpoint yet that can be served".formatted(model));
    }
    return new RequestException(
        ErrorCode.UNKNOWN_MODEL,
        "there is no such model; there are "
            + announced.stream().sorted().limit(MAX_NAMED).collect(Collectors.joining(", ")));
  }

  /** Serves nothing any more. */
  @Override
  public void close() {
    for (ServedGenerator generator : List.copyOf(served.values())) {
      if (served.remove(generator.manifest().model(), generator)) {
        generator.release();
      }
    }
  }
}
