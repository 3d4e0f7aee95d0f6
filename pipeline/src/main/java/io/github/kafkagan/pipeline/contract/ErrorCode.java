package io.github.kafkagan.pipeline.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why a request got an error instead of images. On the wire, in lower case with hyphens: {@code
 * count-out-of-range}.
 */
public enum ErrorCode {
  /** The value is empty, no JSON, or not an object. */
  MALFORMED_JSON,
  /** A field that no request has; the message lists those there are. */
  UNKNOWN_FIELD,
  /** Fields that exclude each other; the message names them. */
  CONFLICTING_FIELDS,
  /** A field's value is of another type, such as text where a number is wanted. */
  WRONG_TYPE,
  /** The {@code id} is longer than 256 characters. */
  ID_TOO_LONG,
  /** The {@code count} is not 1 to 1024. */
  COUNT_OUT_OF_RANGE,
  /** The {@code seed} does not fit into 64 bits. */
  SEED_OUT_OF_RANGE,
  /** The {@code truncation} is not 0 to 1. */
  TRUNCATION_OUT_OF_RANGE,
  /** The {@code latents} are not one vector of the model's latent size for each image. */
  LATENTS_MALFORMED,
  /** The {@code interpolate} lacks an end, or its {@code frames} are not 2 to 1024. */
  INTERPOLATION_OUT_OF_RANGE,
  /** The {@code checkpoint} is none of the choices there are. */
  CHECKPOINT_MALFORMED,
  /** The {@code deadlineMs} is not 1 to 600,000. */
  DEADLINE_OUT_OF_RANGE,
  /** The {@code format} is none of png, grid and u8. */
  UNKNOWN_FORMAT,
  /** The {@code accept} header asks for what a reply cannot be. */
  NOT_ACCEPTABLE,
  /** There is no such model. */
  UNKNOWN_MODEL,
  /** There is such a model, but no checkpoint of it yet as it was asked for. */
  NO_CHECKPOINT_YET,
  /** The checkpoint of the step that was asked for is not loaded; the message says which are. */
  CHECKPOINT_GONE,
  /** There is no discriminator that can judge the checkpoint's images. */
  SCORE_UNAVAILABLE,
  /** Too few images reached {@code minScore}; the message says how many did. */
  SCORE_NOT_REACHED,
  /** The images could not be made within {@code deadlineMs}. */
  DEADLINE_MISSED,
  /** The request has labels, the model has none. */
  MODEL_WITHOUT_LABELS,
  /** A label is not one of the model's. */
  LABEL_OUT_OF_RANGE,
  /** There are neither one label nor as many as images. */
  LABEL_COUNT_MISMATCH,
  /** The reply is larger than its topic takes; the message says how many images fit. */
  REPLY_TOO_LARGE,
  /** The topic in {@code kafka_replyTopic} does not exist or may not be written to. */
  REPLY_TOPIC_REFUSED,
  /** The reply topic does not have the partition in {@code kafka_replyPartition}. */
  REPLY_PARTITION_REFUSED,
  /** The service failed; its log says how. */
  INTERNAL_ERROR;

  /** The code on the wire. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
