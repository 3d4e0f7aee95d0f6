package io.github.kafkagan.pipeline.conformance;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Bytes that are nearly what they should be: fuzzing that gets past the first check. */
public final class Mutations {
  private static final int MOST = 4;

  private Mutations() {}

  /** What was changed, left out, put in, cut off or overwritten by numbers at some limit. */
  public static Arbitrary<byte[]> of(Arbitrary<byte[]> valid) {
    Arbitrary<Mutation> mutation =
        Combinators.combine(
                Arbitraries.of(Kind.class),
                Arbitraries.integers().between(0, 1 << 20),
                Arbitraries.bytes(),
                Arbitraries.of(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, 255))
            .as(Mutation::new);
    return Combinators.combine(valid, mutation.list().ofMinSize(1).ofMaxSize(MOST))
        .as(
            (bytes, mutations) -> {
              byte[] result = bytes;
              for (Mutation next : mutations) {
                result = next.apply(result);
              }
              return result;
            });
  }

  private enum Kind {
    CHANGE,
    FLIP,
    REMOVE,
    INSERT,
    CUT,
    LIMIT
  }

  private record Mutation(Kind kind, int place, byte value, int limit) {
    byte[] apply(byte[] bytes) {
      if (bytes.length == 0) {
        return bytes;
      }
      int at = place % bytes.length;
      return switch (kind) {
        case CHANGE -> spliced(bytes, at, 1, value);
        case FLIP -> spliced(bytes, at, 1, (byte) (bytes[at] ^ 1 << (value & 7)));
        case REMOVE -> spliced(bytes, at, 1);
        case INSERT -> spliced(bytes, at, 0, value);
        case CUT -> Arrays.copyOf(bytes, at);
        case LIMIT ->
            spliced(
                bytes,
                at,
                Math.min(Integer.BYTES, bytes.length - at),
                ByteBuffer.allocate(Integer.BYTES).putInt(limit).array());
      };
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte... added) {
      byte[] result = new byte[bytes.length - removed + added.length];
      System.arraycopy(bytes, 0, result, 0, at);
      System.arraycopy(added, 0, result, at, added.length);
      int rest = at + removed;
      System.arraycopy(bytes, rest, result, at + added.length, bytes.length - rest);
      return result;
    }
  }
}
