package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationRequestTest {
  @Test
  void givenAnEmptyObjectThenOneImageIsAskedFor() {
    assertThat(parse("{}"))
        .isEqualTo(new GenerationRequest(null, null, 1, null, List.of(), 1, null));
  }

  @Test
  void givenEveryFieldThenAllAreRead() {
    assertThat(
            parse(
                """
                {"id": "a1", "model": "digits", "count": 2, "seed": -42, "labels": [7, 3],
                 "truncation": 0.5, "format": "u8"}"""))
        .isEqualTo(
            new GenerationRequest("a1", "digits", 2, -42L, List.of(7, 3), 0.5, ImageFormat.U8));
  }

  @Test
  void givenNullsThenTheyAreAsGoodAsAbsent() {
    assertThat(
            parse(
                """
                {"id": null, "model": null, "count": null, "seed": null, "labels": null,
                 "truncation": null, "format": null}"""))
        .isEqualTo(parse("{}"));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                            | malformed-json | the request is empty; a JSON object is wanted, such as {}
          {                             | malformed-json |
          {} {}                         | malformed-json |
          nonsense                      | malformed-json |
          []                            | malformed-json | a request is a JSON object, this is an array
          null                          | malformed-json |
          "text"                        | malformed-json | a request is a JSON object, this is text
          {"size": 1}                   | unknown-field  | there is no field 'size'; there are id, model, count, seed, labels, truncation, format
          {"checkpoint": {"step": 1}}   | unsupported-field | the field checkpoint is not supported yet
          {"deadlineMs": 500}           | unsupported-field | the field deadlineMs is not supported yet
          {"latents": [[0.5]]}          | unsupported-field | the field latents is not supported yet
          {"interpolate": {}}           | unsupported-field | the field interpolate is not supported yet
          {"id": 1}                     | wrong-type | id must be text, was 1
          {"model": ["a"]}              | wrong-type | model must be text, was an array
          {"count": "2"}                | wrong-type | count must be a whole number, was text
          {"count": 2.5}                | wrong-type | count must be a whole number, was 2.5
          {"seed": true}                | wrong-type | seed must be a whole number, was true
          {"labels": 7}                 | wrong-type | labels must be an array of whole numbers, was 7
          {"labels": [1, "2"]}          | wrong-type | labels must be an array of whole numbers, one is text
          {"truncation": "0.5"}         | wrong-type | truncation must be a number, was text
          {"format": {}}                | wrong-type | format must be text, was an object
          {"count": -1}                 | count-out-of-range | count must be 1 to 1024, was -1
          {"count": 0}                  | count-out-of-range | count must be 1 to 1024, was 0
          {"count": 1025}               | count-out-of-range | count must be 1 to 1024, was 1025
          {"count": 99999999999999999999} | count-out-of-range | count must be 1 to 1024, was 99999999999999999999
          {"seed": 9223372036854775808} | seed-out-of-range | seed must fit into 64 bits with a sign
          {"truncation": 1.01}          | truncation-out-of-range | truncation must be 0 to 1, was 1.01
          {"truncation": -0.1}          | truncation-out-of-range | truncation must be 0 to 1, was -0.1
          {"truncation": 1e999}         | truncation-out-of-range | truncation must be 0 to 1, was Infinity
          {"count": 3, "labels": [1, 2]} | label-count-mismatch | labels must have one number for all images or one for each: 2 for 3 images
          {"format": "jpeg"}            | unknown-format | format must be png, grid or u8, was 'jpeg'
          """)
  void givenAMistakeThenItsCodeAndMessageSayWhich(String json, String code, String message) {
    RequestException refused = refusal(json);

    assertThat(refused.code().code()).isEqualTo(code);
    if (message == null) {
      assertThat(refused).message().isNotBlank();
    } else {
      assertThat(refused).hasMessage(message);
    }
  }

  @Test
  void givenALongIdThenItIsRefused() {
    String id = "x".repeat(257);

    assertThat(refusal("{\"id\": \"%s\"}".formatted(id)).code()).isEqualTo(ErrorCode.ID_TOO_LONG);
    assertThat(parse("{\"id\": \"%s\"}".formatted(id.substring(1))).id()).hasSize(256);
  }

  @Test
  void givenALabelBeyondAnyIntThenItStaysBeyondAnyModel() {
    assertThat(parse("{\"labels\": [99999999999]}").labels()).containsExactly(Integer.MAX_VALUE);
    assertThat(parse("{\"labels\": [-99999999999]}").labels()).containsExactly(Integer.MIN_VALUE);
  }

  @Test
  void givenNoValueThenThatIsMalformed() {
    RequestException refused =
        catchThrowableOfType(RequestException.class, () -> GenerationRequest.parse(null));

    assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @Test
  void givenAnotherMistakeThenTheIdCanStillBeRead() {
    assertThat(GenerationRequest.idIn("{\"id\": \"a1\", \"count\": -1}".getBytes(UTF_8)))
        .contains("a1");
    assertThat(GenerationRequest.idIn("{\"id\": 5}".getBytes(UTF_8))).isEmpty();
    assertThat(GenerationRequest.idIn("{".getBytes(UTF_8))).isEmpty();
    assertThat(GenerationRequest.idIn(null)).isEmpty();
  }

  private static GenerationRequest parse(String json) {
    return GenerationRequest.parse(json.getBytes(UTF_8));
  }

  private static RequestException refusal(String json) {
    return catchThrowableOfType(RequestException.class, () -> parse(json));
  }
}
