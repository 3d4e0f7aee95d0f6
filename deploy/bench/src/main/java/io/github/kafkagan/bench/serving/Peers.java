package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.measure.Side;
import io.github.kafkagan.bench.peer.Peer;
import io.github.kafkagan.bench.peer.PeerMain;
import io.github.kafkagan.bench.process.LoggedProcess;
import io.github.kafkagan.bench.process.Python;
import io.github.kafkagan.bench.worker.WorkerProcess;
import io.github.kafkagan.bench.worker.WorkerTask;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
        new WorkerTask(
            WorkerTask.Kind.GENERATOR, Digits.MODEL, setting.threads(), WorkerTask.Source.NONE));
  }

  /**
   * What someone would write in Python first: a consumer, PyTorch, a reply per request; offsets are
   * committed now and then, so that a crash answers requests twice.
   */
  Optional<Respondent> python() {
    return Python.with("kafka", "torch")
        .map(
            python ->
                start(
                    "python service",
                    "python",
                    channel ->
                        python.command(
                            setting.home(),
                            "serve.py",
                            channel.bootstrapServers(),
                            channel.topics().requests().name(),
                            channel.topics().replies().name())));
  }

  private Respondent start(String name, String side, Peer peer, String option) {
    return start(
        name,
        side,
        channel ->
            LoggedProcess.java(
                "768m",
                PeerMain.class.getName(),
                List.of(
                    peer.name(),
                    option,
                    "--bootstrap-servers=" + channel.bootstrapServers(),
                    "--topic-prefix=" + channel.topics().prefix())));
  }

  private Respondent start(String name, String side, Function<Channel, List<String>> command) {
    Channel channel = Channel.create(bootstrapServers, side);
    return new Respondent(
        LoggedProcess.start(name, setting.logs(), setting.environment(), command.apply(channel)),
        channel);
  }
}
