package io.github.kafkagan.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFilesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final List<String> OWN = List.of("producer", "trainer", "generator-service");

  @ParameterizedTest
  @ValueSource(strings = {"", "compose.gpu.yaml", "compose.secure.yaml", "compose.cluster.yaml"})
  void everyOverlayGoesWithTheStack(String overlay) throws Exception {
    JsonNode services = services(overlay.isEmpty() ? new String[0] : new String[] {overlay});

    assertThat(services.fieldNames())
        .toIterable()
        .contains("kafka", "producer", "trainer", "generator-service", "prometheus", "grafana");
  }

  @Test
  void everyServiceIsHealthCheckedLimitedAndWithoutRights() throws Exception {
    for (String overlay : List.of("compose.secure.yaml", "compose.cluster.yaml")) {
      for (Map.Entry<String, JsonNode> entry : services(overlay).properties()) {
        JsonNode service = entry.getValue();
        String name = entry.getKey();
        assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
        assertThat(service.at("/security_opt/0").asText())
            .as(name)
            .isEqualTo("no-new-privileges:true");
        assertThat(service.has("mem_limit")).as("mem_limit of " + name).isTrue();
        assertThat(service.has("healthcheck") || name.equals("authorization"))
            .as("healthcheck of " + name)
            .isTrue();
      }
    }
  }

  @Test
  void ownServicesCannotWriteTheirFilesAndAreNotRestartedOnceFenced() throws Exception {
    JsonNode services = services();
    for (String name : OWN) {
      JsonNode service = services.get(name);
      assertThat(service.get("read_only").asBoolean()).as(name).isTrue();
      assertThat(service.get("restart").asText()).as(name).isEqualTo("on-failure");
      assertThat(service.at("/environment/FINAL_EXIT_CODES").asText()).as(name).isEqualTo("2 3");
    }
  }

  @Test
  void nothingIsOpenToTheNetwork() throws Exception {
    for (String file : List.of("compose.yaml", "compose.cluster.yaml")) {
      JsonNode services = YAML.readTree(Files.readString(deploy(file))).get("services");
      for (JsonNode service : services) {
        service
            .path("ports")
            .forEach(port -> assertThat(port.asText()).as(file).startsWith("127.0.0.1:"));
      }
    }
  }

  @Test
  void brokerIsTheOneThatTheClientsAreOf() throws Exception {
    String image = "image: " + Compose.brokerImage();

    try (Stream<Path> files = Files.list(Compose.HOME.resolve("deploy"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        Files.readString(file)
            .lines()
            .filter(line -> line.contains("apache/kafka:"))
            .forEach(line -> assertThat(line).as(file.toString()).endsWith(image));
      }
    }
  }

  private static JsonNode services(String... overlays) throws Exception {
    return YAML.readTree(Compose.installed(Map.of(), overlays).run("config")).get("services");
  }

  private static Path deploy(String file) {
    return Compose.HOME.resolve("deploy").resolve(file);
  }
}
