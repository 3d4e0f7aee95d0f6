package io.github.kafkagan.bench.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.bench.measure.Side;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.tools.ConsumerPerformance;

/**
 * Kafka's own tool, which reads the whole topic in each turn, however long it takes, and does
 * nothing with it.
 *
 * @param records that are in the topic
 */
public record ConsumerPerformanceSide(String bootstrapServers, String topic, long records)
    implements Side {
  private static final String COLUMN = "fetch.nMsg.sec";

  @Override
  public String name() {
    return "ConsumerPerformance";
  }

  /** Records per second, without the time to join a group. */
  @Override
  public double rate(Duration window) {
    String output =
        captured(
            () ->
                ConsumerPerformance.main(
                    new String[] {
                      "--bootstrap-server=" + bootstrapServers,
                      "--topic=" + topic,
                      "--num-records=" + records,
                      "--command-property=isolation.level=read_committed"
                    }));
    List<String> lines = output.lines().filter(line -> line.contains(",")).toList();
    int column = columns(lines.get(0)).indexOf(COLUMN);
    return Double.parseDouble(columns(lines.get(lines.size() - 1)).get(column));
  }

  private static List<String> columns(String line) {
    return List.of(line.split(",\\s*"));
  }

  private static String captured(Runnable program) {
    PrintStream before = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (PrintStream capture = new PrintStream(output, true, UTF_8)) {
      System.setOut(capture);
      program.run();
    } finally {
      System.setOut(before);
    }
    return output.toString(UTF_8);
  }

  @Override
  public void close() {
    // Each turn closes what it opens.
  }
}
