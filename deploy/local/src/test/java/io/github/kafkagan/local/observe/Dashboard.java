package io.github.kafkagan.local.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One of Grafana's dashboards, as its file has it.
 *
 * @param file its name
 */
record Dashboard(String file, JsonNode json) {
  private static final String ROW = "row";

  /** A panel that shows something. */
  record Panel(Dashboard of, JsonNode json) {
    List<JsonNode> targets() {
      return list(json.path("targets"));
    }

    String title() {
      return json.path("title").asText();
    }

    @Override
    public String toString() {
      return of.file() + ": " + title();
    }
  }

  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(ObserveFiles.GRAFANA.resolve("dashboards"))) {
      List<Dashboard> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        JsonNode json = Json.read(Files.readAllBytes(file), JsonNode.class);
        all.add(new Dashboard(file.getFileName().toString(), json));
      }
      return List.copyOf(all);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  String uid() {
    return json.path("uid").asText();
  }

  /** Everything on it, rows too. */
  List<JsonNode> items() {
    return list(json.path("panels"));
  }

  List<Panel> panels() {
    return items().stream()
        .filter(item -> !item.path("type").asText().equals(ROW))
        .map(item -> new Panel(this, item))
        .toList();
  }

  /** The annotations that a query finds; Grafana's own are none. */
  List<JsonNode> annotations() {
    return list(json.at("/annotations/list")).stream().filter(item -> item.has("expr")).toList();
  }

  List<JsonNode> variables() {
    return list(json.at("/templating/list"));
  }

  List<JsonNode> links() {
    return list(json.path("links"));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  @Override
  public String toString() {
    return file;
  }
}
