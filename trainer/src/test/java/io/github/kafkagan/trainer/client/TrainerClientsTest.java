package io.github.kafkagan.trainer.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerClientsTest {
  /** In KiB. */
  @ParameterizedTest
  @CsvSource({"1, 1024", "16, 1024", "32, 512", "64, 256", "128, 128", "100000, 128"})
  void whatIsFetchedOfAllPartitionsStaysTheSameAsLongAsItIsABatchOfEach(int partitions, int each) {
    assertThat(TrainerClients.imagesSettings(partitions))
        .containsEntry("max.partition.fetch.bytes", each << 10)
        .containsEntry("max.poll.records", 200)
        .containsEntry("receive.buffer.bytes", -1);
  }
}
