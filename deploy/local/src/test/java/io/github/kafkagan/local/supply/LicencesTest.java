package io.github.kafkagan.local.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the services ship of others, and under which licences, as the software bills of materials
 * say that the build has made.
 */
class LicencesTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path LISTED = ROOT.resolve("THIRD-PARTY.md");
  private static final Path WANTED = Path.of("target/THIRD-PARTY.md");
  private static final String HEAD = "| library |";
  private static final List<String> SERVICES = List.of("producer", "trainer", "generator-service");
  private static final String OWN = "io.github.kafkagan";

  /** A library may be used under one of its licences; EPL-2.0 is that of Jakarta's interfaces. */
  private static final Set<String> WELCOME =
      Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-2.0");

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void everyLibraryThatAServiceShipsIsListedWithItsLicences() throws IOException {
    String listed = Files.readString(LISTED);
    int begin = listed.indexOf(HEAD);

    String wanted = listed.substring(0, begin) + table();
    Files.writeString(WANTED, wanted);

    assertThat(listed)
        .as("the list as it should be is in deploy/local/%s", WANTED)
        .isEqualTo(wanted);
  }

  @Test
  void everyLicenceIsOneThatThisProjectMayBeDistributedWith() throws IOException {
    for (JsonNode component : components()) {
      assertThat(licences(component))
          .as("%s %s", component.path("group").asText(), component.path("name").asText())
          .anyMatch(WELCOME::contains);
    }
  }

  private String table() throws IOException {
    Set<String> rows = new TreeSet<>();
    for (JsonNode component : components()) {
      rows.add(
          "| %s:%s | %s | %s |\n"
              .formatted(
                  component.path("group").asText(),
                  component.path("name").asText(),
                  component.path("version").asText(),
                  String.join(" or ", licences(component))));
    }
    return HEAD + " version | licence |\n| --- | --- | --- |\n" + String.join("", rows);
  }

  private List<JsonNode> components() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (String service : SERVICES) {
      Path bill = ROOT.resolve(service).resolve("target/bom.json");
      assumeTrue(
          Files.exists(bill),
          "there is no " + bill + ": mvn verify makes it, unless it is offline");
      json.readTree(bill.toFile()).path("components").forEach(all::add);
    }
    assertThat(all).hasSizeGreaterThan(SERVICES.size());
    all.removeIf(component -> component.path("group").asText().equals(OWN));
    return all;
  }

  private static Set<String> licences(JsonNode component) {
    Set<String> names = new TreeSet<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode licence = choice.path("license");
      names.add(
          choice.has("expression")
              ? choice.get("expression").asText()
              : licence.has("id") ? licence.get("id").asText() : licence.path("name").asText());
    }
    return names;
  }
}
