package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.IntNode;
import io.github.kafkagan.pipeline.contract.Manifest;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountsTest {
  /** Between the images are the ends of transactions. */
  private final Accounts accounts =
      new Accounts(Map.of(0, new long[] {0, 1, 3}, 1, new long[] {0, 2}));

  @Test
  void givenOffsetsBehindTheImagesThatAreCountedThenTheyAddUp() {
    accounts.require(manifest(5, 4, 3));
    accounts.require(manifest(5, 5, 4));
    accounts.require(manifest(3, 2, 1));
    accounts.require(manifest(3, 3, 1));
  }

  @Test
  void givenAnImageTooManyOrTooFewThenThatIsFound() {
    for (Manifest wrong :
        new Manifest[] {manifest(4, 4, 3), manifest(6, 4, 3), manifest(3, 2, 0)}) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> accounts.require(wrong))
          .withMessageContaining("images before the offsets of state step 1");
    }
  }

  private static Manifest manifest(long images, long first, long second) {
    return new Manifest(
        Manifest.FORMAT,
        "digits",
        "state",
        1,
        "run",
        1,
        images,
        images,
        new TreeMap<>(Map.of(0, first, 1, second)),
        null,
        0,
        new IntNode(1),
        0,
        0,
        "",
        new TreeMap<>(),
        new TreeMap<>(),
        0);
  }
}
