package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.contract.CheckpointChoice;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is being served: the loaded generators of each model. May be used by several threads. */
public final class ServedModels implements AutoCloseable {
  private static final int MAX_NAMED = 20;

  private final Settings settings;
  private final SortedMap<String, ModelShelf> shelves = new TreeMap<>();
  private CompletableFuture<Void> change = new CompletableFuture<>();

  /**
   * What is kept, and which of it is served.
   *
   * @param defaultModel what requests get that name no model
   * @param loaded how many of a model's newest checkpoints stay loaded
   */
  public record Settings(String defaultModel, Serving serving, int loaded) {
    private static final int MAX_LOADED = 64;

    public Settings {
      if (loaded < 1 || loaded > MAX_LOADED) {
        throw new IllegalArgumentException(
            "--loaded-checkpoints must be 1 to %d, was %d".formatted(MAX_LOADED, loaded));
      }
    }
  }

  /** Nothing yet. */
  public ServedModels(Settings settings) {
    this.settings = settings;
    announce(settings.defaultModel());
  }

  public String defaultModel() {
    return settings.defaultModel();
  }

  /** The models that there are, whether they can be served or not. */
  public synchronized SortedSet<String> names() {
    return new TreeSet<>(shelves.keySet());
  }

  /** The checkpoint that the model is served from; empty if it is not served. */
  public synchronized Optional<Manifest> manifest(String model) {
    return Optional.ofNullable(shelves.get(model)).flatMap(ModelShelf::servedManifest);
  }

  /** Why the default model is not served; empty if it is. */
  public synchronized Optional<String> problem() {
    return shelf(settings.defaultModel()).problem();
  }

  /** The model's newest checkpoints that are loaded, the oldest first. */
  public synchronized List<Manifest> loaded(String model) {
    return Optional.ofNullable(shelves.get(model))
        .map(ModelShelf::newestManifests)
        .orElse(List.of());
  }

  /** The model's best checkpoint; empty if none is known. */
  public synchronized Optional<Manifest> best(String model) {
    return Optional.ofNullable(shelves.get(model)).flatMap(ModelShelf::bestManifest);
  }

  /** Whether the model's newest checkpoint is not served because of its quality. */
  synchronized boolean holdsBack(String model) {
    return Optional.ofNullable(shelves.get(model)).map(ModelShelf::holdsBack).orElse(false);
  }

  /** Whether a checkpoint of these bytes is among the model's newest that are loaded. */
  synchronized boolean isLoaded(String model, String sha256) {
    return loaded(model).stream().anyMatch(manifest -> manifest.sha256().equals(sha256));
  }

  /**
   * The generators of a choice, in the order of their training, each to be released by the caller.
   *
   * @param model the default model if null
   * @throws RequestException if there is none
   */
  public synchronized List<ServedGenerator> hold(@Nullable String model, CheckpointChoice choice) {
    ModelShelf shelf = shelves.get(model == null ? settings.defaultModel() : model);
    if (shelf == null) {
      throw new RequestException(
          ErrorCode.UNKNOWN_MODEL,
          "there is no such model; there are "
              + shelves.keySet().stream().limit(MAX_NAMED).collect(Collectors.joining(", ")));
    }
    List<ServedGenerator> found = shelf.find(choice);
    for (ServedGenerator generator : found) {
      if (!generator.hold()) {
        throw new IllegalStateException("a generator on the shelf was closed");
      }
    }
    return found;
  }

  /** Completes when the next checkpoint is there; the caller must not complete it. */
  public synchronized CompletableFuture<Void> nextChange() {
    return change.copy();
  }

  /** The model exists, though no checkpoint of it may be fit to be served. */
  synchronized void announce(String model) {
    ModelShelf unused = shelf(model);
  }

  /** Takes over one of the model's newest generators. */
  void add(ServedGenerator generator) {
    synchronized (this) {
      shelf(generator.manifest().model()).add(generator);
    }
    changed();
  }

  /** Takes over the model's best generator. */
  void crown(ServedGenerator generator) {
    synchronized (this) {
      shelf(generator.manifest().model()).crown(generator);
    }
    changed();
  }

  /** The topic is another one, whose versions begin anew. */
  synchronized void startAnew() {
    shelves.values().forEach(ModelShelf::startAnew);
  }

  private ModelShelf shelf(String model) {
    return shelves.computeIfAbsent(
        model, name -> new ModelShelf(name, settings.serving(), settings.loaded()));
  }

  private void changed() {
    CompletableFuture<Void> done;
    synchronized (this) {
      done = change;
      change = new CompletableFuture<>();
    }
    done.complete(null);
  }

  /** Serves nothing any more. */
  @Override
  public synchronized void close() {
    shelves.values().forEach(ModelShelf::close);
  }
}
