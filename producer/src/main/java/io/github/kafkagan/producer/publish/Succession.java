package io.github.kafkagan.producer.publish;

import io.github.kafkagan.pipeline.process.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Tells a successor from a lost transaction. The broker's fencing looks the same whether a newer
 * producer has started or this one's transaction took too long, say because the broker was away. So
 * every producer signs the mark with its run before its first image, and one that was fenced looks
 * who signed last.
 */
final class Succession {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final PublishSettings settings;
  private final Duration patience;
  private final String run = UUID.randomUUID().toString();
  private @Nullable String predecessor;

  /**
   * @param patience how long a successor may take from fencing this producer to signing
   */
  Succession(PublishSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
  }

  /** Identifies this process. */
  String run() {
    return run;
  }

  /**
   * The stream goes on from a mark. The first that this process finds shows who its predecessor is.
   *
   * @return false if a successor has signed the mark, who is then to be left alone
   */
  boolean follows(StreamMark mark) {
    if (predecessor == null) {
      predecessor = mark.run();
    }
    return !isSuccessor(mark.run());
  }

  /**
   * Whether a run that is neither this one nor its predecessor has signed the mark.
   *
   * @param fenced whether one is to be waited for
   */
  boolean hasSuccessor(boolean fenced, StopSignal stop) throws InterruptedException {
    if (predecessor == null) {
      return false;
    }
    try (Admin admin = Admin.create(settings.admin())) {
      long deadline = System.nanoTime() + (fenced ? patience.toNanos() : 0);
      while (true) {
        if (signer(admin).filter(this::isSuccessor).isPresent()) {
          return true;
        }
        if (System.nanoTime() >= deadline || stop.await(LOOK_AGAIN)) {
          return false;
        }
      }
    }
  }

  private boolean isSuccessor(String signer) {
    return !signer.equals(run) && !signer.equals(predecessor);
  }

  /** Unlike a consumer's, this look does not wait for a transaction that nobody will end. */
  private Optional<String> signer(Admin admin) {
    var offsets = admin.listConsumerGroupOffsets(settings.group()).partitionsToOffsetAndMetadata();
    return StreamMark.decode(Futures.await(offsets).get(settings.markPartition()))
        .map(StreamMark::run);
  }
}
