package io.github.kafkagan.trainer.client;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a broker answers. Consumers and producers only wait for one, and whoever looks at the
 * process could take that for a stream without images; so one is asked every second, and it is
 * logged once that none answers, and once that one does again.
 */
public final class BrokerWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration CLOSE = Duration.ofMillis(200);

  private final Admin admin;
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "broker-watch"));
  private volatile boolean answers = true;

  private BrokerWatch(Admin admin) {
    this.admin = admin;
  }

  /**
   * Starts asking.
   *
   * @param admin closed with the watch
   */
  public static BrokerWatch start(Admin admin) {
    BrokerWatch watch = new BrokerWatch(admin);
    var unused =
        watch.thread.scheduleWithFixedDelay(
            watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Whether one answered when it was asked last; true before. */
  public boolean answers() {
    return answers;
  }

  private void look() {
    try {
      boolean now = asked();
      if (now != answers) {
        answers = now;
        if (now) {
          log.atInfo().log("Broker answers again");
        } else {
          log.atWarn().log("Broker does not answer; training waits for it");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean asked() throws InterruptedException {
    int millis = (int) PATIENCE.toMillis();
    try {
      var unused =
          admin
              .describeCluster(new DescribeClusterOptions().timeoutMs(millis))
              .nodes()
              .get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      // One that refuses to tell is there.
      return !(e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(CLOSE);
  }
}
