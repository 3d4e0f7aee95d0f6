package io.github.kafkagan.generator.web.feed;

/** A record that the page may show, also some time after it came. */
public interface Remembered {
  /** Where it is in its topic. */
  long offset();

  /** What it is one of: records of one lane replace each other on the page, others do not. */
  String lane();

  /** About how much memory it takes. */
  int bytes();
}
