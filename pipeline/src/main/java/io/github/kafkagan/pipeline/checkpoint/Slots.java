package io.github.kafkagan.pipeline.checkpoint;

import java.util.stream.IntStream;

/** The slots of a model: each holds one checkpoint, the newest of its kind. */
public final class Slots {
  /** In the checkpoints topic: the newest generator. */
  public static final String LATEST = "latest";

  /** In the checkpoints topic: the generator with the best evaluation. */
  public static final String BEST = "best";

  /** How many of the newest generators the checkpoints topic keeps, {@link #LATEST} among them. */
  public static final int HISTORY = 8;

  /** In the checkpoints topic: the discriminator, for requests that want its opinion. */
  public static final String DISCRIMINATOR = "discriminator";

  /** In the trainer-state topic: what a trainer resumes from. */
  public static final String STATE = "state";

  /** In the trainer-state topic: what a trainer rolls back to, of the best generator. */
  public static final String BEST_STATE = "best-state";

  /** In the trainer-state topic: the classifier with which generators are evaluated. */
  public static final String CLASSIFIER = "classifier";

  /** In the trainer-state topic: which trainer run may write; no checkpoint. */
  static final String OWNER = "owner";

  private static final String HISTORY_PREFIX = "history-";

  private Slots() {}

  /**
   * In the checkpoints topic: one of the newest generators. Which of them is newer, their versions
   * tell.
   *
   * @param number 0 to {@link #HISTORY} − 1
   * @throws IllegalArgumentException if there is no such slot
   */
  public static String history(int number) {
    if (number < 0 || number >= HISTORY) {
      throw new IllegalArgumentException(
          "history slots are 0 to %d, not %d".formatted(HISTORY - 1, number));
    }
    return HISTORY_PREFIX + number;
  }

  /** Whether a slot is one of {@link #history}. */
  public static boolean isHistory(String name) {
    return IntStream.range(0, HISTORY).anyMatch(number -> history(number).equals(name));
  }
}
