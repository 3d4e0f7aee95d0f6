package io.github.kafkagan.generator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.pipeline.codec.Json;
import io.github.kafkagan.pipeline.contract.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README.md lists what there is. */
class ReadmeTest {
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*");

  @Test
  void itsErrorCodesAreThoseOfTheCode() throws IOException {
    assertThat(rows("## Errors"))
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList());
  }

  @Test
  void itsFieldsAreThoseOfTheSchema() throws IOException {
    try (InputStream in = ErrorCode.class.getResourceAsStream("schema/request.json")) {
      JsonNode schema = Json.read(requireNonNull(in).readAllBytes(), JsonNode.class);

      assertThat(rows("## Request"))
          .containsExactlyElementsOf(() -> requireNonNull(schema.get("properties")).fieldNames());
    }
  }

  /** First cells of a section's table. */
  private static List<String> rows(String heading) throws IOException {
    List<String> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      inside = line.startsWith("## ") ? line.equals(heading) : inside;
      Matcher row = ROW.matcher(line);
      if (inside && row.matches()) {
        rows.add(row.group(1));
      }
    }
    return rows;
  }
}
