package io.github.kafkagan.local.view;

/** What the demo shows while it runs. */
public sealed interface View permits LiveView, LineView {
  /** Says something once, in a sentence. */
  void say(String sentence);

  /** Shows how far everything is. */
  void show(Status status);
}
