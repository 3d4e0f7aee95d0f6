package io.github.kafkagan.producer.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.pipeline.conformance.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whatever a file holds, it is one IDX array or one error of one line. */
class IdxFuzzTest {
  private static final byte[] PLAIN =
      ByteBuffer.allocate(28)
          .put(new byte[] {0, 0, 8, 3})
          .putInt(2)
          .putInt(2)
          .putInt(3)
          .put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
          .array();

  private final Path file;

  IdxFuzzTest() throws IOException {
    file = Files.createTempFile("fuzz", ".idx");
  }

  @AfterProperty
  void delete() throws IOException {
    Files.delete(file);
  }

  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<byte[]> plain = Arbitraries.just(PLAIN);
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(40)),
        Tuple.of(3, Mutations.of(plain)),
        Tuple.of(2, Mutations.of(Arbitraries.just(compressed(PLAIN)))),
        Tuple.of(2, Mutations.of(plain).map(IdxFuzzTest::compressed)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whateverAFileHoldsIsOneArrayOrOneError(@ForAll("files") byte[] content) throws IOException {
    Files.write(file, content);
    try {
      Idx idx = Idx.read(file);
      assertThat(idx.elements()).hasSize(idx.dimensions().stream().reduce(1, Math::multiplyExact));
    } catch (DatasetException e) {
      assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
    }
  }

  private static byte[] compressed(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
