package io.github.kafkagan.chaos;

import java.util.List;

/** A process that faults happen to. */
enum Victim {
  PRODUCER("producer"),
  TRAINER("trainer"),
  GENERATOR("generator-service"),
  BROKER("broker");

  private final String label;

  Victim(String label) {
    this.label = label;
  }

  /** All but the broker. */
  static List<Victim> services() {
    return List.of(PRODUCER, TRAINER, GENERATOR);
  }

  /** As its module is called. */
  String label() {
    return label;
  }
}
