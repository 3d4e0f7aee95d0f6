package io.github.kafkagan.generator.sample;

import static io.github.kafkagan.generator.sample.RunningSampler.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kafkagan.generator.Await;
import io.github.kafkagan.generator.rollout.FakeGenerator;
import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.rollout.TestManifests;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import io.github.kafkagan.pipeline.contract.GenerationRequest;
import io.github.kafkagan.pipeline.contract.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a request waits, and for what. */
@Timeout(120)
class WaitingTest {
  private final RunningSampler running = new RunningSampler();
  private final Semaphore permits = running.permits();
  private final FakeGenerator generator = running.generator();
  private final ServedModels models = running.models();

  @AfterEach
  void close() {
    running.close();
  }

  @Test
  void givenADeadlineThatPassesThenThatIsSaidThenAndTheImagesAreNotMade() {
    CompletableFuture<Sample> first = running.submit(1, 1);
    Await.until(permits::hasQueuedThreads);

    CompletableFuture<Sample> late = running.submit("{\"count\": 5, \"deadlineMs\": 50}");

    assertThat(refusal(late))
        .hasMessage("the images were not there within the request's 50 ms")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.DEADLINE_MISSED);
    permits.release(1000);
    first.join();
    running.submit(2, 1).join();
    assertThat(generator.batches()).containsExactly(1, 2);
  }

  @Test
  void givenARequestThatIsOlderThanItsDeadlineThenItsImagesAreNotMade() {
    permits.release(1000);
    GenerationRequest request = Requests.of("{\"deadlineMs\": 1000}");

    CompletableFuture<Sample> late =
        running.sampler().submit(request, System.currentTimeMillis() - 1500, RunningSampler.CLIENT);

    assertThat(refusal(late).code()).isEqualTo(ErrorCode.DEADLINE_MISSED);
    CompletableFuture<Sample> fromTheFuture =
        running
            .sampler()
            .submit(request, System.currentTimeMillis() + 1_000_000, RunningSampler.CLIENT);
    assertThat(fromTheFuture.join().count()).isEqualTo(1);
    assertThat(generator.batches()).containsExactly(1);
  }

  @Test
  void givenACheckpointThatIsToComeThenTheRequestWaitsForIt() {
    permits.release(1000);
    CompletableFuture<Sample> waiting = running.submit("{\"checkpoint\": {\"minStep\": 250}}");
    CompletableFuture<Sample> inVain =
        running.submit("{\"checkpoint\": {\"minStep\": 1000}, \"deadlineMs\": 300}");

    TestManifests.swap(models, 2, FakeGenerator.of(10));
    assertThat(waiting).isNotDone();
    TestManifests.swap(models, 3, FakeGenerator.of(10));

    assertThat(waiting.join().manifest().step()).isEqualTo(300);
    assertThat(refusal(inVain))
        .hasMessage("model digits has no checkpoint of step 1000 or later yet")
        .extracting(RequestException::code)
        .isEqualTo(ErrorCode.NO_CHECKPOINT_YET);
  }

  @Test
  void givenManyRequestsForACheckpointThatDoesNotComeThenTheLastGetTheirErrorAtOnce() {
    permits.release(1000);
    String json = "{\"checkpoint\": {\"minStep\": 1000}, \"deadlineMs\": 600000}";
    List<CompletableFuture<Sample>> waiting = new ArrayList<>();
    for (int i = 0; i < Waiting.MAX_REQUESTS / 2; i++) {
      waiting.add(running.submit(json));
    }

    assertThat(refusal(running.submit(json)))
        .hasMessage("the checkpoint is not there yet, and too many requests wait for one already");
    assertThat(running.submit(1, 1).join().count()).isEqualTo(1);
    CompletableFuture<Sample> ofAnother =
        running
            .sampler()
            .submit(
                Requests.of(json), System.currentTimeMillis(), new Client("another", () -> false));
    assertThat(ofAnother).isNotDone();
    waiting.add(ofAnother);
    TestManifests.swap(models, 10, FakeGenerator.of(10));
    waiting.forEach(CompletableFuture::join);
    CompletableFuture<Sample> next = running.submit("{\"checkpoint\": {\"minStep\": 1001}}");
    assertThat(next).isNotDone();
    TestManifests.swap(models, 11, FakeGenerator.of(10));
    assertThat(next.join().manifest().step()).isEqualTo(1100);
  }
}
