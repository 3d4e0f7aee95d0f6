package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.pipeline.contract.CheckpointChoice;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.Manifest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The generators of one model that are loaded: the newest few, the best one, and the one that is
 * served, each of which holds its generator open. Used under its owner's lock.
 */
final class ModelShelf {
  private static final Comparator<ServedGenerator> BY_VERSION =
      Comparator.comparingLong(generator -> generator.manifest().version());

  private static final String NONE_TO_SERVE = "model %s has no checkpoint yet that can be served";
  private static final String NO_BEST =
      "model %s has no best checkpoint yet: evaluations choose it";

  private final String model;
  private final Serving serving;
  private final int capacity;

  /** Oldest first. */
  private final List<ServedGenerator> newest = new ArrayList<>();

  private @Nullable ServedGenerator best;
  private @Nullable ServedGenerator served;
  private boolean servedIsOfAnotherTopic;

  /**
   * An empty shelf.
   *
   * @param capacity how many of the newest stay loaded, at least 1
   */
  ModelShelf(String model, Serving serving, int capacity) {
    this.model = model;
    this.serving = serving;
    this.capacity = capacity;
  }

  /** Takes over a newest generator, or one of the last ones before it. */
  void add(ServedGenerator generator) {
    newest.stream()
        .filter(other -> other.manifest().sha256().equals(generator.manifest().sha256()))
        .findFirst()
        .ifPresent(
            same -> {
              newest.remove(same);
              same.release();
            });
    newest.add(generator);
    newest.sort(BY_VERSION);
    while (newest.size() > capacity) {
      newest.remove(0).release();
    }
    choose();
  }

  /** Takes over the best generator. */
  void crown(ServedGenerator generator) {
    if (best != null) {
      best.release();
    }
    best = generator;
    choose();
  }

  /** The topic is another one, whose versions begin anew: only what is served stays. */
  void startAnew() {
    newest.forEach(ServedGenerator::release);
    newest.clear();
    if (best != null) {
      best.release();
      best = null;
    }
    servedIsOfAnotherTopic = served != null;
  }

  private void choose() {
    Optional<ServedGenerator> next = next();
    if (next.isEmpty() || next.get() == served || !next.get().hold()) {
      return;
    }
    if (served != null) {
      served.release();
    }
    served = next.get();
    servedIsOfAnotherTopic = false;
  }

  private Optional<ServedGenerator> next() {
    Optional<ServedGenerator> admitted =
        newest.stream().filter(this::isAdmitted).filter(this::isNewer).max(BY_VERSION);
    return switch (serving.choice()) {
      case latest -> admitted;
      case best -> Optional.ofNullable(best);
      // Of those that a service finds at its start perhaps none passes but the best itself.
      case gated -> admitted.isEmpty() && served == null ? Optional.ofNullable(best) : admitted;
    };
  }

  private boolean isAdmitted(ServedGenerator generator) {
    return serving.admits(generator.manifest(), best == null ? null : best.manifest());
  }

  private boolean isNewer(ServedGenerator generator) {
    return served == null || servedIsOfAnotherTopic || BY_VERSION.compare(generator, served) > 0;
  }

  Optional<Manifest> servedManifest() {
    return Optional.ofNullable(served).map(ServedGenerator::manifest);
  }

  Optional<Manifest> bestManifest() {
    return Optional.ofNullable(best).map(ServedGenerator::manifest);
  }

  /** Manifests of the newest, the oldest first. */
  List<Manifest> newestManifests() {
    return newest.stream().map(ServedGenerator::manifest).toList();
  }

  /** Whether the newest is not served because it is too far from the best. */
  boolean holdsBack() {
    return serving.choice() == Serving.Choice.gated && !newest.isEmpty() && last() != served;
  }

  /**
   * The generators of a choice, one unless it is all; the caller holds them before the shelf
   * changes.
   *
   * @throws RequestException if there is none
   */
  List<ServedGenerator> find(CheckpointChoice choice) {
    if (choice instanceof CheckpointChoice.All) {
      return all();
    }
    if (choice instanceof CheckpointChoice.Pinned pinned) {
      return List.of(pinned(pinned.step()));
    }
    if (choice instanceof CheckpointChoice.AtLeast least) {
      return List.of(atLeast(least.step()));
    }
    if (choice instanceof CheckpointChoice.Best) {
      return List.of(present(best, NO_BEST));
    }
    return List.of(
        choice instanceof CheckpointChoice.Latest
            ? present(last(), NONE_TO_SERVE)
            : present(served, noneServed()));
  }

  private String noneServed() {
    return serving.choice() == Serving.Choice.best ? NO_BEST : NONE_TO_SERVE;
  }

  /** Why nothing is served; empty if something is. */
  Optional<String> problem() {
    return served == null ? Optional.of(noneServed().formatted(model)) : Optional.empty();
  }

  private @Nullable ServedGenerator last() {
    return newest.isEmpty() ? null : newest.get(newest.size() - 1);
  }

  /** Those that make images of the same latent vectors as the last one. */
  private List<ServedGenerator> all() {
    ServedGenerator last = present(newest.isEmpty() ? served : last(), NONE_TO_SERVE);
    return newest.isEmpty() ? List.of(last) : newest.stream().filter(last::isLike).toList();
  }

  private ServedGenerator pinned(long step) {
    return loaded()
        .filter(generator -> generator.manifest().step() == step)
        .max(BY_VERSION)
        .orElseThrow(() -> absent(step));
  }

  private RequestException absent(long step) {
    String steps =
        loaded()
            .map(generator -> generator.manifest().step())
            .distinct()
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return steps.isEmpty()
        ? new RequestException(ErrorCode.NO_CHECKPOINT_YET, NONE_TO_SERVE.formatted(model))
        : new RequestException(
            ErrorCode.CHECKPOINT_GONE,
            "step %d of model %s is not loaded; there are %s".formatted(step, model, steps));
  }

  private ServedGenerator atLeast(long step) {
    return Stream.concat(Stream.ofNullable(served), loaded().sorted(BY_VERSION.reversed()))
        .filter(generator -> generator.manifest().step() >= step)
        .findFirst()
        .orElseThrow(
            () ->
                new RequestException(
                    ErrorCode.NO_CHECKPOINT_YET,
                    "model %s has no checkpoint of step %d or later yet".formatted(model, step)));
  }

  private Stream<ServedGenerator> loaded() {
    return Stream.concat(newest.stream(), Stream.of(best, served).filter(Objects::nonNull));
  }

  private ServedGenerator present(@Nullable ServedGenerator generator, String otherwise) {
    if (generator == null) {
      throw new RequestException(ErrorCode.NO_CHECKPOINT_YET, otherwise.formatted(model));
    }
    return generator;
  }

  /** Releases all. */
  void close() {
    startAnew();
    if (served != null) {
      served.release();
      served = null;
    }
  }
}
