package io.github.kafkagan.docker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Kubernetes resources in files, read so that a field which is unknown is an error. */
final class Manifests {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** The classes keep unknown fields for later; here they must not be taken for known ones. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private Manifests() {}

  /** Every resource in the folder's files. */
  static List<JsonNode> in(Path folder) throws IOException {
    List<JsonNode> resources = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".yaml")).sorted().toList()) {
        resources.addAll(parse(Files.readString(file)));
      }
    }
    return resources;
  }

  /** Every resource in a text of several documents. */
  static List<JsonNode> parse(String documents) throws IOException {
    try (MappingIterator<JsonNode> read = YAML.readerFor(JsonNode.class).readValues(documents)) {
      return read.readAll();
    }
  }

  /** A resource as its class has it. */
  static <T> T as(Class<T> type, JsonNode resource) throws IOException {
    return STRICT.treeToValue(resource, type);
  }
}
