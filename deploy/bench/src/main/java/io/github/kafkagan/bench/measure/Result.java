package io.github.kafkagan.bench.measure;

/** Something that was found. */
public interface Result {

  /** What was measured. */
  String name();

  /** Whether it is as wanted; true where nothing is wanted. */
  boolean reached();

  /** Some lines for people. */
  String describe();
}
