package io.github.kafkagan.local.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kafkagan.local.output.OutputFolder;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Saves the trainer's contact sheets as {@code sheet-<step>.png} and {@code latest.png}. */
public final class SampleSheets {
  private static final String STEP = "step";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final OutputFolder folder;
  private final AtomicLong saved = new AtomicLong();

  public SampleSheets(OutputFolder folder) {
    this.folder = folder;
  }

  /** Sheets saved so far; there is one per published checkpoint. */
  public long saved() {
    return saved.get();
  }

  /** Saves a sheet; a record that does not say its step is somebody else's and is left alone. */
  void save(ConsumerRecord<byte[], byte[]> record) throws IOException {
    Header header = record.headers().lastHeader(STEP);
    if (header == null || record.value() == null) {
      return;
    }
    String step = new String(header.value(), UTF_8);
    if (NUMBER.matcher(step).matches()) {
      folder.write("sheet-" + step + ".png", record.value());
      folder.write("latest.png", record.value());
      saved.incrementAndGet();
    }
  }
}
