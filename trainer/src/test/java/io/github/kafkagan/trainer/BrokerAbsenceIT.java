package io.github.kafkagan.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.broker.ScratchFolder;
import io.github.kafkagan.pipeline.contract.Topics;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a trainer does, and says, while the broker is away. */
@Timeout(120)
class BrokerAbsenceIT {
  private static final int BATCH = 64;

  @Test
  void givenABrokerThatIsAwayThenHealthSaysSoAndATerminationEndsInTime() throws Exception {
    try (ScratchFolder folder = ScratchFolder.create();
        LocalBroker broker = LocalBroker.start(folder.path().resolve("kafka"))) {
      TestStream stream = new TestStream(broker.bootstrapServers(), new Topics("gan."));
      TestTrainers trainers = new TestTrainers(stream, folder.path());
      stream.create(stream.topics().images());
      stream.produce(0, BATCH);
      try (JavaProcess trainer = trainers.start("digits")) {
        trainers.awaitImages("digits", BATCH);
        awaitHealth(trainer, 200, "waiting for images");

        broker.kill();
        awaitHealth(trainer, 503, "waiting for the broker");
        long begin = System.nanoTime();
        assertThat(trainer.terminate()).as(trainer.log()).isEqualTo(1);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(trainer.log())
            .contains("error: step 1 could not be saved")
            .containsOnlyOnce("Broker does not answer")
            .doesNotContain("all saved");
      }
    }
  }

  private static void awaitHealth(JavaProcess trainer, int status, String reason) {
    while (true) {
      HttpResponse<String> health = trainer.get("/health/ready");
      if (health.statusCode() == status && health.body().contains(reason)) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
