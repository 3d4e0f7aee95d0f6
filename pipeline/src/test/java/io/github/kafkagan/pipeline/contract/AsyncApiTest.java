package io.github.kafkagan.pipeline.contract;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.kafkagan.pipeline.conformance.ContractSchema;
import io.github.kafkagan.pipeline.contract.ContractFiles.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The AsyncAPI document against its specification, the code and the schemas. */
class AsyncApiTest {
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  private final JsonNode document = ContractFiles.read(ContractFiles.DOCUMENT);

  static List<TopicDefinition> topics() {
    return TOPICS.all();
  }

  @Test
  void objectsHaveTheFieldsThatTheSpecificationGivesThem() {
    assertThat(document.get("asyncapi").asText()).isEqualTo("3.0.0");
    requireFields("", "asyncapi info", "defaultContentType servers channels operations components");
    requireFields("/info", "title version", "description license");
    requireFields("/info/license", "name", "url");
    requireFields("/servers/broker", "host protocol", "description variables");
    requireFieldsOfEach("/channels", "address", "title description messages bindings");
    requireFieldsOfEach("/operations", "action channel", "title messages reply");
    requireFields("/components", "", "messages messageBindings correlationIds schemas");
    requireFieldsOfEach(
        "/components/messages",
        "title payload",
        "summary contentType headers correlationId bindings examples");
    requireFieldsOfEach("/components/correlationIds", "location", "description");
    assertThat(document.at("/operations").findValuesAsText("action"))
        .allMatch(Set.of("send", "receive")::contains);
    assertThat(document.findValuesAsText("location"))
        .hasSize(2)
        .allMatch(location -> location.startsWith("$message.header#/kafka_"));
    for (JsonNode binding : document.findValues("kafka")) {
      if (binding.has("bindingVersion")) {
        assertThat(binding.get("bindingVersion").asText()).isEqualTo("0.5.0");
        assertThat(names(binding))
            .isSubsetOf("topic", "partitions", "topicConfiguration", "key", "bindingVersion");
      }
    }
  }

  private void requireFieldsOfEach(String path, String required, String optional) {
    for (String name : names(document.at(path))) {
      requireFields(path + "/" + name, required, optional);
    }
  }

  private void requireFields(String path, String required, String optional) {
    List<String> needed = required.isEmpty() ? List.of() : List.of(required.split(" ", -1));
    List<String> allowed = new ArrayList<>(needed);
    allowed.addAll(List.of(optional.split(" ", -1)));
    assertThat(names(document.at(path))).as(path).containsAll(needed).isSubsetOf(allowed);
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void channelsAreTheTopicsByTheirNamesInTheCode() {
    Map<String, String> addresses = new TreeMap<>();
    document
        .get("channels")
        .properties()
        .forEach(
            channel -> {
              if (!channel.getValue().get("address").isNull()) {
                addresses.put(channel.getKey(), channel.getValue().get("address").asText());
              }
            });

    List<String> methods =
        new ClassFileImporter()
            .importClass(Topics.class).getMethods().stream()
                .filter(method -> method.getModifiers().contains(PUBLIC))
                .filter(method -> method.getRawParameterTypes().isEmpty())
                .filter(method -> method.getRawReturnType().isEquivalentTo(TopicDefinition.class))
                .map(JavaMethod::getName)
                .toList();
    assertThat(addresses.keySet()).containsExactlyInAnyOrderElementsOf(methods);
    assertThat(addresses.values())
        .containsExactlyInAnyOrderElementsOf(topics().stream().map(TopicDefinition::name).toList());
  }

  @ParameterizedTest
  @MethodSource("topics")
  void aTopicHasThePartitionsAndSettingsThatTheCodeGivesIt(TopicDefinition topic) {
    JsonNode channel =
        StreamSupport.stream(document.get("channels").spliterator(), false)
            .filter(candidate -> candidate.get("address").asText().equals(topic.name()))
            .findFirst()
            .orElseThrow();
    JsonNode binding = channel.at("/bindings/kafka");
    Map<String, String> settings = new TreeMap<>();
    binding
        .get("topicConfiguration")
        .properties()
        .forEach(setting -> settings.put(setting.getKey(), text(setting.getValue())));

    assertThat(binding.get("topic").asText()).isEqualTo(topic.name());
    assertThat(binding.get("partitions").asInt()).isEqualTo(topic.partitions());
    assertThat(settings).isEqualTo(topic.settings());
  }

  /** A list is what Kafka separates by commas. */
  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","))
        : value.asText();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    Set<String> seen = new HashSet<>();
    Deque<String> files = new ArrayDeque<>(List.of(ContractFiles.DOCUMENT));
    files.add("schema/reply.json");
    while (!files.isEmpty()) {
      String file = files.remove();
      if (!seen.add(file)) {
        continue;
      }
      for (Reference reference : ContractFiles.references(file)) {
        assertThat(reference.resolve().isMissingNode()).as(reference.toString()).isFalse();
        files.add(reference.targetFile());
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            ContractFiles.DOCUMENT,
            "schema/request.json",
            "schema/reply.json",
            "schema/images.json",
            "schema/error.json",
            "schema/manifest.json",
            "schema/training-event.json");
  }

  @Test
  void operationsCoverTheChannelsAndReferToTheirMessages() {
    Set<String> covered = new HashSet<>();
    for (JsonNode operation : document.get("operations")) {
      String channel = operation.at("/channel/$ref").asText();
      covered.add(channel);
      assertThat(operation.at("/messages").findValuesAsText("$ref"))
          .allMatch(message -> message.startsWith(channel + "/messages/"));
      JsonNode reply = operation.path("reply");
      if (!reply.isMissingNode()) {
        String replies = reply.at("/channel/$ref").asText();
        covered.add(replies);
        assertThat(reply.at("/messages").findValuesAsText("$ref"))
            .isNotEmpty()
            .allMatch(message -> message.startsWith(replies + "/messages/"));
        // A reply goes either to a channel's address or to one that the request names.
        assertThat(reply.has("address")).isEqualTo(at(replies).get("address").isNull());
      }
    }
    assertThat(covered)
        .containsExactlyInAnyOrderElementsOf(
            document.get("channels").properties().stream()
                .map(channel -> "#/channels/" + channel.getKey())
                .toList());
  }

  @Test
  void examplesAreAsTheSchemasSay() {
    JsonNode messages = at("#/components/messages");
    for (JsonNode payload : messages.get("request").findValues("payload")) {
      if (!payload.has("schema")) {
        ContractSchema.request().require(payload.toString().getBytes(UTF_8));
      }
    }
    JsonNode error = messages.at("/error/examples/0/payload");
    ContractSchema.reply().require(error.toString().getBytes(UTF_8));
    assertThat(messages.at("/request/examples")).hasSizeGreaterThan(1);
  }

  @Test
  void errorCodesAreThoseOfTheCode() {
    List<String> codes =
        StreamSupport.stream(
                ContractFiles.read("schema/error.json")
                    .at("/properties/error/properties/code/enum")
                    .spliterator(),
                false)
            .map(JsonNode::asText)
            .toList();

    assertThat(codes)
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList());
  }

  private JsonNode at(String reference) {
    return new Reference(ContractFiles.DOCUMENT, reference).resolve();
  }
}
