package io.github.kafkagan.producer.source;

import java.io.IOException;

/**
 * A data set is missing, malformed or not what its name promises; the message is one sentence for
 * the user.
 */
public final class DatasetException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  DatasetException(String sentence) {
    this.sentence = sentence;
  }

  DatasetException(String sentence, Throwable cause) {
    super(cause);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
