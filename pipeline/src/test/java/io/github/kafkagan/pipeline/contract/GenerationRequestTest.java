package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationRequestTest {
  @Test
  void givenAnEmptyObjectThenOneImageOfTheServedCheckpointIsAskedFor() {
    assertThat(parse("{}"))
        .isEqualTo(
            new GenerationRequest(
                null,
                null,
                1,
                new LatentChoice.Drawn(null),
                List.of(),
                1,
                null,
                new CheckpointChoice.Served(),
                false,
                null,
                null));
  }

  @Test
  void givenEveryFieldThenAllAreRead() {
    assertThat(
            parse(
                """
                {"id": "a1", "model": "digits", "count": 2, "seed": -42, "labels": [7, 3],
                 "truncation": 0.5, "format": "u8", "checkpoint": {"step": 12000},
                 "score": true, "minScore": -0.5, "deadlineMs": 500}"""))
        .isEqualTo(
            new GenerationRequest(
                "a1",
                "digits",
                2,
                new LatentChoice.Drawn(-42L),
                List.of(7, 3),
                0.5,
                ImageFormat.U8,
                new CheckpointChoice.Pinned(12_000),
                true,
                -0.5,
                500L));
  }

  @Test
  void givenNullsThenTheyAreAsGoodAsAbsent() {
    assertThat(
            parse(
                """
                {"id": null, "model": null, "count": null, "seed": null, "labels": null,
                 "latents": null, "interpolate": null, "truncation": null, "format": null,
                 "checkpoint": null, "score": null, "minScore": null, "deadlineMs": null}"""))
        .isEqualTo(parse("{}"));
  }

  @Test
  void givenLatentVectorsThenThereAreAsManyImages() {
    GenerationRequest request = parse("{\"latents\": [[0.5, -1], [2, 3e-2]], \"seed\": 9}");

    assertThat(request.count()).isEqualTo(2);
    assertThat(request.latents())
        .isEqualTo(new LatentChoice.Given(List.of(List.of(0.5f, -1f), List.of(2f, 0.03f)), 9L));
  }

  @Test
  void givenAWayBetweenSeedsThenThereAreAsManyImagesAsFrames() {
    GenerationRequest request =
        parse("{\"interpolate\": {\"from\": -1, \"to\": 2, \"frames\": 9}}");

    assertThat(request.count()).isEqualTo(9);
    assertThat(request.latents()).isEqualTo(new LatentChoice.Between(-1, 2, 9));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void givenACheckpointThenThatOneIsWanted(String json, CheckpointChoice choice) {
    assertThat(parse("{\"checkpoint\": %s}".formatted(json)).checkpoint()).isEqualTo(choice);
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        Arguments.of("\"latest\"", new CheckpointChoice.Latest()),
        Arguments.of("\"best\"", new CheckpointChoice.Best()),
        Arguments.of("\"all\"", new CheckpointChoice.All()),
        Arguments.of("{\"step\": 0}", new CheckpointChoice.Pinned(0)),
        Arguments.of("{\"minStep\": 7, \"step\": null}", new CheckpointChoice.AtLeast(7)));
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
          {"size": 1}                   | unknown-field  | there is no field 'size'; there are id, model, count, seed, labels, latents, interpolate, truncation, format, checkpoint, score, minScore, deadlineMs
          {"checkpoint": "newest"} | checkpoint-malformed | checkpoint must be "latest", "best", "all", {"step": number} or {"minStep": number}, was 'newest'
          {"checkpoint": {}} | checkpoint-malformed | checkpoint must be "latest", "best", "all", {"step": number} or {"minStep": number}, had neither
          {"checkpoint": {"step": 1, "minStep": 1}} | checkpoint-malformed | checkpoint must be "latest", "best", "all", {"step": number} or {"minStep": number}, had both
          {"checkpoint": {"step": -1}} | checkpoint-malformed | checkpoint must be "latest", "best", "all", {"step": number} or {"minStep": number}, one was -1
          {"checkpoint": {"minStep": 9223372036854775808}} | checkpoint-malformed | checkpoint must be "latest", "best", "all", {"step": number} or {"minStep": number}, one was 9223372036854775808
          {"checkpoint": {"version": 1}} | unknown-field | there is no field 'version'; there are step, minStep
          {"checkpoint": 7} | wrong-type | checkpoint must be an object, was 7
          {"checkpoint": {"step": "7"}} | wrong-type | step must be a whole number, was text
          {"score": 1} | wrong-type | score must be true or false, was 1
          {"minScore": "1"} | wrong-type | minScore must be a number, was text
          {"minScore": 1, "latents": [[1]]} | conflicting-fields |
          {"minScore": 1, "checkpoint": "all"} | conflicting-fields | minScore draws images again, so that it cannot be had with latents, interpolate or all checkpoints
          {"deadlineMs": 0} | deadline-out-of-range | deadlineMs must be 1 to 600000, was 0
          {"deadlineMs": 600001} | deadline-out-of-range | deadlineMs must be 1 to 600000, was 600001
          {"deadlineMs": -99999999999999999999} | deadline-out-of-range |
          {"deadlineMs": "500"} | wrong-type | deadlineMs must be a whole number, was text
          {"latents": []} | latents-malformed | latents must have one vector for each image: 0 for 0 images
          {"latents": [[1], [2]], "count": 3} | latents-malformed | latents must have one vector for each image: 2 for 3 images
          {"latents": [[1], [2, 3]]} | latents-malformed | latents must be vectors of one length, there are 1 and 2 numbers
          {"latents": [[]]} | latents-malformed | latents must be vectors of one length, there are 0 and 0 numbers
          {"latents": [[1e39]]} | latents-malformed | latents must have finite numbers, one was 1.0E39
          {"latents": [1]} | wrong-type | latents must be an array of arrays of numbers, one is 1
          {"latents": [["1"]]} | wrong-type | latents must be an array of arrays of numbers, one has text
          {"interpolate": {"from": 1, "to": 2}} | interpolation-out-of-range | interpolate needs from, to and frames, it has no frames
          {"interpolate": {"from": 1, "to": 2, "frames": 1}} | interpolation-out-of-range | interpolate.frames must be 2 to 1024, was 1
          {"interpolate": {"from": 1, "to": 2, "frames": 99999999999}} | interpolation-out-of-range | interpolate.frames must be 2 to 1024, was 2147483647
          {"interpolate": {"from": 9223372036854775808, "to": 2, "frames": 3}} | seed-out-of-range | interpolate.from must fit into 64 bits with a sign
          {"interpolate": {"from": 1, "to": 2, "frames": 3}, "seed": 1} | conflicting-fields | interpolate and seed cannot be had together
          {"interpolate": {"from": 1, "to": 2, "frames": 3}, "count": 3} | conflicting-fields | interpolate and count cannot be had together
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
  void givenBytesOfHalfASurrogatePairThenTheMessageCanStillBeWritten() {
    byte[] half = {(byte) 0xed, (byte) 0xbf, (byte) 0xbf};

    RequestException refused =
        catchThrowableOfType(RequestException.class, () -> GenerationRequest.parse(half));

    assertThat(UTF_8.newEncoder().canEncode(refused.getMessage())).isTrue();
    assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  /**
   * Jackson pads the names that it remembers with bytes that no UTF-8 has: these look alike to it.
   */
  @Test
  void givenANameThatIsNoUtf8ThenItIsNotTakenForOneSeenBefore() {
    parse("{\"labels\": [1]}");
    byte[] alike = "{\"labe?ls\": [1]}".getBytes(UTF_8);
    alike[6] = (byte) 0xff;

    RequestException refused =
        catchThrowableOfType(RequestException.class, () -> GenerationRequest.parse(alike));

    assertThat(refused).hasMessage("malformed JSON: not UTF-8");
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
