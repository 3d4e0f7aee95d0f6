package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.peer.Peer;
import io.github.kafkagan.bench.peer.PeerMain;
import io.github.kafkagan.bench.worker.WorkerProcess;
import io.github.kafkagan.bench.worker.WorkerTask;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts those whom the service is compared with.
 *
 * @param bootstrapServers of the broker that all share
 */
record Peers(Setting setting, String bootstrapServers) {
  /**
   * Kafka Streams without a generator.
   *
   * @param replyBytes size of a reply's value
   */
  Respondent echo(int replyBytes) {
    return start("echo topology", "echo", Peer.ECHO, "--reply-bytes=" + replyBytes);
  }

  /** A service that answers a request, then looks at the next. */
  Respondent oneAtATime() {
    return start("one at a time", "single", Peer.ONE_AT_A_TIME, "--preset=" + Digits.MODEL);
  }

  /** The same with a transaction per poll. */
  Respondent onePollAtATime() {
    return start(
        "one at a time, a transaction per poll",
        "polls",
        Peer.ONE_POLL_AT_A_TIME,
        "--preset=" + Digits.MODEL);
  }

  /** The generator without Kafka. */
  Side generator() {
    return WorkerProcess.start(
        "generator in a loop",
        new WorkerTask(WorkerTask.Kind.GENERATOR, Digits.MODEL, setting.threads(), ""),
        setting.environment());
  }

  private Respondent start(String name, String side, Peer peer, String option) {
    Channel channel = Channel.create(bootstrapServers, side);
    List<String> program = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
    program.addAll(List.of(PeerMain.class.getName(), peer.name(), option));
    return new Respondent(
        ServerProcess.start(name, setting.logs(), setting.environment(), channel, program),
        channel);
  }
}
