package io.github.kafkagan.local;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.local.process.Service;
import io.github.kafkagan.local.samples.ImageRequests;
import io.github.kafkagan.local.samples.PipelineClient;
import io.github.kafkagan.local.samples.SampleSheets;
import io.github.kafkagan.local.samples.StreamLength;
import io.github.kafkagan.pipeline.contract.Topics;
import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.util.List;

/** What is running; {@link Demo} has started it and closes it. */
record Running(
    LocalBroker broker,
    Service generator,
    Service trainer,
    Service producer,
    PipelineClient client,
    SampleSheets sheets,
    ImageRequests requests) {

  /**
   * Does nothing while all is well.
   *
   * @throws UserError if a process ended that should not have, saying which and its last lines
   */
  void check() throws IOException {
    for (Service service : List.of(producer, trainer, generator)) {
      boolean ended = !service.isAlive();
      // The producer may be done; the others serve until they are told to stop.
      if (ended && !(service == producer && service.exitCode() == 0)) {
        throw UserError.failed(service.obituary());
      }
    }
    if (!broker.isAlive()) {
      throw UserError.failed("Kafka ended; see broker.log in its data folder");
    }
    client.check();
  }

  /** Whether everything that should be streamed has been. */
  boolean isStreamComplete() {
    return !producer.isAlive();
  }

  /** Images in a complete stream: its producer has ended, and its metrics with it. */
  long streamLength() {
    return StreamLength.read(
        broker.bootstrapServers(), new Topics(Topics.DEFAULT_PREFIX).images().name());
  }
}
