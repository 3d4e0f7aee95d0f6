package io.github.kafkagan.local;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.local.output.OutputFolder;
import io.github.kafkagan.local.process.Service;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code pipeline.json}: where the running pipeline is, for programs. */
final class PipelineFile {
  private final OutputFolder folder;
  private final Map<String, Object> content = new LinkedHashMap<>();
  private final Map<String, Object> processes = new LinkedHashMap<>();
  private @Nullable String page;

  /** Writes the file with the broker in it. */
  PipelineFile(OutputFolder folder, LocalBroker broker, DemoSettings settings) throws IOException {
    this.folder = folder;
    content.put("bootstrapServers", broker.bootstrapServers());
    content.put("model", settings.model());
    content.put("processes", processes);
    processes.put("broker", Map.of("pid", broker.pid()));
    write();
  }

  /** Adds a process and writes the file anew. */
  Service add(Service service) throws IOException {
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("pid", service.pid());
    process.put("opsUrl", service.opsUrl().toString());
    processes.put(service.name(), process);
    write();
    return service;
  }

  /** Adds where the page is and writes the file anew. */
  void page(String url) throws IOException {
    page = url;
    content.put("pageUrl", url);
    write();
  }

  /** Where the page is; empty before it was added. */
  Optional<String> page() {
    return Optional.ofNullable(page);
  }

  private void write() throws IOException {
    folder.write("pipeline.json", Json.bytes(content));
  }
}
