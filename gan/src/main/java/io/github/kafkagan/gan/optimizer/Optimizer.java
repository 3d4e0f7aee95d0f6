package io.github.kafkagan.gan.optimizer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Settings of an optimizer: how gradients become updates. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Adam.class, name = "adam"),
  @JsonSubTypes.Type(value = RmsProp.class, name = "rmsprop"),
})
public sealed interface Optimizer permits Adam, RmsProp {

  /** Of learning, greater than 0. */
  double rate();
}
