package io.github.kafkagan.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stays the same over all checkpoints of one trainer process.
 *
 * @param model the model's name
 * @param id of this process's run
 * @param preset name of the preset
 * @param presetSpec the whole preset, as JSON: a state belongs to exactly one
 * @param generatorSpec the generator, as JSON: with its weights, all that serving needs
 * @param seed that initial weights and noise come from
 * @param origin further facts for manifests, such as threads and library version
 */
public record Run(
    String model,
    String id,
    String preset,
    JsonNode presetSpec,
    JsonNode generatorSpec,
    long seed,
    SortedMap<String, String> origin) {
  static final String PRESET = "preset";
  static final String SEED = "seed";

  SortedMap<String, String> manifestOrigin() {
    SortedMap<String, String> all = new TreeMap<>(origin);
    all.put(PRESET, preset);
    all.put(SEED, Long.toString(seed));
    return all;
  }
}
