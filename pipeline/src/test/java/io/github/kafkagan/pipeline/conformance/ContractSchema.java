package io.github.kafkagan.pipeline.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the contract's JSON schemas, for real messages to be held against. */
public final class ContractSchema {
  private static final String FOLDER = "classpath:io/github/kafkagan/pipeline/contract/";
  private static final int SHOWN = 2_000;
  private static final ObjectReader READER =
      new ObjectMapper()
          .reader(new FiniteNumbers())
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String name;
  private final Schema schema;

  private ContractSchema(String name, String location) {
    this.name = name;
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(FOLDER + location));
  }

  /** What {@code gan.requests} has. */
  public static ContractSchema request() {
    return new ContractSchema("request", "schema/request.json");
  }

  /** What {@code gan.replies} has, where it is JSON. */
  public static ContractSchema reply() {
    return new ContractSchema("reply", "schema/reply.json");
  }

  /** Headers of what {@code gan.replies} has, as a JSON object of texts. */
  public static ContractSchema replyHeaders() {
    return new ContractSchema("reply headers", "asyncapi.yaml#/components/schemas/replyHeaders");
  }

  /** What checkpoint topics have beside chunks. */
  public static ContractSchema manifest() {
    return new ContractSchema("manifest", "schema/manifest.json");
  }

  /** What {@code gan.training} has. */
  public static ContractSchema trainingEvent() {
    return new ContractSchema("training event", "schema/training-event.json");
  }

  /** What is wrong with a message; empty if nothing is. */
  public List<String> problems(byte[] json) {
    return schema.validate(tree(json)).stream().map(Object::toString).toList();
  }

  private static JsonNode tree(byte[] json) {
    try {
      return READER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the message.
   *
   * @throws AssertionError if it is not as the schema says
   */
  public byte[] require(byte @Nullable [] json) {
    if (json == null) {
      throw new AssertionError("no " + name + " at all");
    }
    List<String> problems = problems(json);
    if (!problems.isEmpty()) {
      String text = new String(json, UTF_8);
      throw new AssertionError(
          "no %s by its schema: %s%n%s"
              .formatted(name, problems, text.substring(0, Math.min(SHOWN, text.length()))));
    }
    return json;
  }

  /** What is 1e400 to a double is infinite, which the schema's library cannot compare. */
  private static final class FiniteNumbers extends JsonNodeFactory {
    @Override
    public NumericNode numberNode(double value) {
      return super.numberNode(Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value)));
    }
  }
}
