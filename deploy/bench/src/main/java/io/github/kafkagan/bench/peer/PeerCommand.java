package io.github.kafkagan.bench.peer;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.pipeline.process.ExitCode;
import io.github.kafkagan.pipeline.process.KafkaOptions;
import io.github.kafkagan.pipeline.process.StopSignal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of a peer that answers requests until it is stopped. */
@Command(name = "peer", description = "Answers requests, to be compared with the service.")
final class PeerCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Parameters(description = "${COMPLETION-CANDIDATES}")
  private Peer peer = Peer.ECHO;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--preset", description = "Of those that make images: whose generator.")
  private String preset = "digits";

  @Option(names = "--reply-bytes", description = "Of echo: size of a reply.")
  private int replyBytes = 1;

  PeerCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws InterruptedException {
    Channel channel = new Channel(kafka.bootstrapServers(), kafka.topics());
    switch (peer) {
      case ECHO -> new Echo(channel, replyBytes).run(stop);
      case ONE_AT_A_TIME -> oneAtATime(channel, 1);
      case ONE_POLL_AT_A_TIME -> oneAtATime(channel, OneAtATime.POLL_AT_ONCE);
    }
    return ExitCode.DONE.code();
  }

  private void oneAtATime(Channel channel, int atOnce) {
    try (OneImage generator = new OneImage(preset)) {
      new OneAtATime(channel, generator, atOnce).run(stop);
    }
  }
}
