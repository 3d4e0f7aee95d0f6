package io.github.kafkagan.pipeline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kafkagan.pipeline.codec.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final Replay REPLAY =
      Replay.begin(3, new TreeMap<>(Map.of(0, 10L, 1, 11L)), new TreeMap<>(Map.of(0, 20L, 1, 22L)));

  @Test
  void aReplayGoesThroughJson() {
    Manifest manifest = manifest(REPLAY.nextPass());

    Manifest read = Json.read(Json.bytes(manifest), Manifest.class);

    assertThat(read).isEqualTo(manifest);
    assertThat(Json.tree(manifest).get("replay").fieldNames())
        .toIterable()
        .containsExactly("pass", "passes", "from", "to", "over");
  }

  @Test
  void aManifestOfBeforeReplaysReadsAsOneWithout() {
    ObjectNode json = (ObjectNode) Json.tree(manifest(REPLAY));
    json.remove("replay");

    assertThat(Json.value(json, Manifest.class)).isEqualTo(manifest(null));
    assertThat(Json.tree(manifest(null)).has("replay")).isFalse();
  }

  @Test
  void aReplayIsInOneOfItsPassesAndBoundsEachPartition() {
    assertThat(REPLAY.nextPass().nextPass().inLastPass()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> REPLAY.nextPass().nextPass().nextPass())
        .withMessageContaining("4 of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Replay.begin(1, new TreeMap<>(), new TreeMap<>(Map.of(0, 1L))));
  }

  private static Manifest manifest(@Nullable Replay replay) {
    return new Manifest(
        Manifest.FORMAT,
        "digits",
        "latest",
        7,
        "run",
        3,
        192,
        192,
        new TreeMap<>(Map.of(0, 12L, 1, 13L)),
        replay,
        1790000000000L,
        JsonNodeFactory.instance.objectNode(),
        5,
        1,
        "00",
        new TreeMap<>(),
        new TreeMap<>(),
        1790000000001L);
  }
}
