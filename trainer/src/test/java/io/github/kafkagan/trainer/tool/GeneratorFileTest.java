package io.github.kafkagan.trainer.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kafkagan.gan.Generator;
import io.github.kafkagan.gan.checkpoint.CheckpointException;
import io.github.kafkagan.gan.preset.Preset;
import io.github.kafkagan.pipeline.checkpoint.CheckpointRecords;
import io.github.kafkagan.pipeline.checkpoint.CheckpointSet;
import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.github.kafkagan.pipeline.checkpoint.Slots;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorFileTest {
  private static final Pattern SNIPPET = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void aFileHasEverythingOfItsCheckpoint() {
    CheckpointSet set = untrained();

    CheckpointSet read = GeneratorFile.decode(GeneratorFile.encode(set));

    assertThat(read.manifest()).isEqualTo(set.manifest());
    assertThat(read.bytes()).isEqualTo(set.bytes());
  }

  @Test
  void weightsWithoutManifestAreRefused() {
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> GeneratorFile.decode(untrained().bytes()))
        .withMessageContaining("no manifest");
  }

  @Test
  void theReadersPythonLoadsIt() throws Exception {
    assumeTrue(python("-c", "import numpy").waitFor() == 0, "needs python3 with numpy");
    Path file = folder.resolve("generator.safetensors");
    Files.write(file, GeneratorFile.encode(untrained()));
    Matcher snippet = SNIPPET.matcher(Files.readString(Path.of("README.md")));
    assertThat(snippet.find()).isTrue();

    Process python = python("-c", snippet.group(1), file.toString());

    assertThat(new String(python.getInputStream().readAllBytes(), UTF_8))
        .startsWith("mnist after step 12 {")
        .contains("'generator.0.weight': (128, 100)", "'generator.2.bias': (784,)");
  }

  private static Process python(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "python3";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new ProcessBuilder("false").start();
    }
  }

  private static CheckpointSet untrained() {
    Preset preset = Preset.named("mlp-128");
    byte[] bytes = Generator.untrained(preset.generatorSpec(), 1).encode();
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            "mnist",
            Slots.LATEST,
            3,
            "run",
            12,
            384,
            384,
            new TreeMap<>(),
            null,
            1_790_000_000_000L,
            Json.tree(preset.generatorSpec()),
            bytes.length,
            CheckpointRecords.chunks(bytes.length),
            Sha256.of(bytes),
            new TreeMap<>(),
            new TreeMap<>(),
            1_790_000_000_000L);
    return new CheckpointSet(manifest, bytes);
  }
}
