package io.github.kafkagan.bench.serving;

import io.github.kafkagan.bench.kafka.Channel;
import io.github.kafkagan.bench.process.LoggedProcess;
import io.github.kafkagan.bench.process.OpsMetrics;
import io.github.kafkagan.broker.FreePort;
import io.github.kafkagan.local.process.ServiceCommand;
import io.github.kafkagan.pipeline.process.UserError;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The generator service as users start it, with all its options as by default. */
final class ServiceProcess implements AutoCloseable {
  private static final String MODULE = "generator-service";

  private final LoggedProcess process;
  private final Respondent respondent;
  private final OpsMetrics metrics;

  private ServiceProcess(LoggedProcess process, Respondent respondent, OpsMetrics metrics) {
    this.process = process;
    this.respondent = respondent;
    this.metrics = metrics;
  }

  /**
   * Starts the service.
   *
   * @throws UserError if it has not been built
   */
  static ServiceProcess start(Setting setting, Channel channel) {
    int port = FreePort.find();
    Map<String, String> environment = new HashMap<>(setting.environment());
    // Its page's default port may be in use here.
    environment.put("GAN_HTTP_PORT", "0");
    LoggedProcess process =
        LoggedProcess.start(
            setting.home(),
            setting.logs(),
            new ServiceCommand(
                MODULE,
                "768m",
                environment,
                List.of(
                    "--bootstrap-servers=" + channel.bootstrapServers(),
                    "--topic-prefix=" + channel.topics().prefix(),
                    "--ops-port=" + port,
                    "--model=" + Digits.MODEL,
                    "--threads=" + setting.threads())));
    return new ServiceProcess(
        process,
        new Respondent(process, channel),
        new OpsMetrics(URI.create("http://127.0.0.1:" + port)));
  }

  /** The service as one that answers requests. */
  Respondent respondent() {
    return respondent;
  }

  long pid() {
    return process.pid();
  }

  /** What it says of itself. */
  OpsMetrics metrics() {
    return metrics;
  }

  @Override
  public void close() {
    respondent.close();
  }
}
