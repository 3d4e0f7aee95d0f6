package io.github.kafkagan.generator;

import static io.github.kafkagan.generator.RunningService.checkpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.broker.JavaProcess;
import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.pipeline.contract.GenerationReply.Images;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests when an instance comes, goes, or is killed, or the broker restarts. */
@Timeout(180)
class InstancesIT {
  @TempDir private Path folder;
  private LocalBroker broker;
  private TestPipeline pipeline;

  @BeforeEach
  void start() throws Exception {
    broker = LocalBroker.start(folder.resolve("kafka"));
    pipeline = new TestPipeline(broker.bootstrapServers());
    pipeline.publish(checkpoint(1));
  }

  @AfterEach
  void stop() {
    pipeline.close();
    broker.close();
  }

  @Test
  void givenASecondInstanceAfterManyRequestsThenItSoonHasItsShareAndHandsItBackWithoutAGap()
      throws Exception {
    try (JavaProcess first = instance("a");
        Load load = Load.start(pipeline)) {
      askMany(10_000);

      long begin;
      try (JavaProcess second = instance("b")) {
        second.get("/health/live");
        begin = System.nanoTime();
        Await.until(() -> answers(second) > 0);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        assertThat(answers(first)).isPositive();

        load.worst();
        assertThat(second.terminate()).as(second.log()).isZero();
      }
      int before = load.answered();
      Await.until(() -> load.answered() > before + 200);

      assertEachAnsweredOnce(load);
      // A member that only stops keeps its partitions until its session of 8 s is over.
      assertThat(load.worst()).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void givenAKilledInstanceThatIsStartedAgainThenRequestsWaitNotMuchLongerThanItsStart()
      throws Exception {
    try (JavaProcess first = instance("a");
        JavaProcess second = instance("b");
        Load load = Load.start(pipeline)) {
      Await.until(() -> answers(first) > 100 && answers(second) > 100);
      load.worst();

      second.kill();
      long begin = System.nanoTime();
      try (JavaProcess again = instance("b", "again")) {
        Await.until(() -> isReady(again));
        Duration start = Duration.ofNanos(System.nanoTime() - begin);
        Await.until(() -> answers(again) > 100);
        Requester requester = load.stop();

        // A machine on which a start takes long is as slow with a service's first requests.
        assertThat(load.worst()).isLessThan(start.multipliedBy(2).plusSeconds(10));
        assertThat(requester.answeredTwice()).isEmpty();
      }
    }
  }

  @Test
  void givenABrokerThatRestartsThenEachRequestGetsExactlyOneReply() throws Exception {
    try (JavaProcess service = instance("a");
        Load load = Load.start(pipeline)) {
      Await.until(() -> load.answered() > 200);

      broker.close();
      broker = LocalBroker.start(folder.resolve("kafka"));
      int before = load.answered();
      Await.until(() -> load.answered() > before + 200);

      assertThat(service.isAlive()).isTrue();
      assertEachAnsweredOnce(load);
    }
  }

  private JavaProcess instance(String name) {
    return instance(name, name);
  }

  private JavaProcess instance(String name, String log) {
    return ServiceProcess.start(
        folder.resolve(log + ".log"),
        "--bootstrap-servers=" + pipeline.bootstrapServers(),
        "--topic-prefix=" + pipeline.topics().prefix(),
        "--model=" + TestPipeline.MODEL,
        "--instance-id=" + name);
  }

  private void askMany(int count) {
    try (Requester requester = new Requester(pipeline, pipeline.topics().replies().name())) {
      for (int i = 0; i < count; i++) {
        requester.ask("many" + i, "\"format\": \"u8\"");
      }
      Await.until(
          () -> {
            requester.poll();
            return requester.answered().stream().filter(id -> id.startsWith("many")).count()
                == count;
          });
    }
  }

  private static void assertEachAnsweredOnce(Load load) throws InterruptedException {
    Requester requester = load.stop();
    assertThat(requester.answeredTwice()).isEmpty();
    assertThat(requester.all()).allMatch(Images.class::isInstance);
  }

  private static boolean isReady(JavaProcess service) {
    return service.get("/health/ready").statusCode() == 200;
  }

  /** How many requests it has answered by images; asked a few times a second. */
  private static double answers(JavaProcess service) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    String name = "gan_generator_requests_total{outcome=\"ok\"} ";
    return service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }
}
