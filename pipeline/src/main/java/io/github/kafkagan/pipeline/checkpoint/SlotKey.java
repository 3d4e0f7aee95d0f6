package io.github.kafkagan.pipeline.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.pipeline.contract.ModelName;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Key of a record in a checkpoint topic: {@code model/slot/chunk} for a chunk, {@code model/slot}
 * for the manifest.
 *
 * @param chunk which chunk, from 0; empty for the manifest
 */
public record SlotKey(String model, String slot, OptionalInt chunk) {
  private static final Pattern LEGAL =
      Pattern.compile("([A-Za-z0-9._-]{1,64})/([a-z0-9-]{1,32})(?:/(\\d{1,6}))?");

  public SlotKey {
    ModelName.require(model);
  }

  static SlotKey manifest(String model, String slot) {
    return new SlotKey(model, slot, OptionalInt.empty());
  }

  static SlotKey chunk(String model, String slot, int chunk) {
    return new SlotKey(model, slot, OptionalInt.of(chunk));
  }

  byte[] bytes() {
    String name = model + "/" + slot + (chunk.isPresent() ? "/" + chunk.getAsInt() : "");
    return name.getBytes(UTF_8);
  }

  /** The key in these bytes; empty if they are not one. */
  static Optional<SlotKey> parse(byte[] bytes) {
    Matcher name = LEGAL.matcher(new String(bytes, UTF_8));
    if (!name.matches()) {
      return Optional.empty();
    }
    String number = name.group(3);
    OptionalInt chunk =
        number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number));
    return Optional.of(new SlotKey(name.group(1), name.group(2), chunk));
  }
}
