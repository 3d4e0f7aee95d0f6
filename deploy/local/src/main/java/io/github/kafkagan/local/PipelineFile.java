package io.github.kafkagan.local;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.local.output.OutputFolder;
import io.github.kafkagan.local.process.Service;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code pipeline.json}: where the running pipeline is, for programs. */
final class PipelineFile {
  private final OutputFolder folder;
  private final Map<String, Object> content = new LinkedHashMap<>();
  private final Map<String, Object> processes = new LinkedHashMap<>();

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

  private void write() throws IOException {
    folder.write("pipeline.json", Json.bytes(content));
  }
}
