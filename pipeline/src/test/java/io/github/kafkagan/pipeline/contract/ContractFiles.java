package io.github.kafkagan.pipeline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The files that describe the contract, AsyncAPI document and schemas, and what refers to what. */
final class ContractFiles {
  static final String DOCUMENT = "asyncapi.yaml";

  /** Reads JSON too, which is YAML. */
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private ContractFiles() {}

  /** A reference that some place in a file makes. */
  record Reference(String file, String target) {
    /** The file that it leads into, which may be its own. */
    String targetFile() {
      String path = target.replaceFirst("#.*", "");
      return path.isEmpty() ? file : file.replaceFirst("[^/]*$", "") + path;
    }

    /** What it refers to; missing if there is nothing. */
    JsonNode resolve() {
      int fragment = target.indexOf('#');
      return read(targetFile()).at(fragment < 0 ? "" : target.substring(fragment + 1));
    }
  }

  /** Reads a file by its name beside this package's classes. */
  static JsonNode read(String file) {
    try (InputStream in = ContractFiles.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("there is no " + file);
      }
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /** All references in a file. */
  static List<Reference> references(String file) {
    List<Reference> references = new ArrayList<>();
    for (JsonNode target : read(file).findValues("$ref")) {
      references.add(new Reference(file, target.textValue()));
    }
    return references;
  }
}
