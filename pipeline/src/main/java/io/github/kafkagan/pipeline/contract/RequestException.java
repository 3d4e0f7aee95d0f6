package io.github.kafkagan.pipeline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A request that gets an error reply; the message is the reply's, for the requester to read. What a
 * message quotes of a request may be no text, such as half a surrogate pair, which nobody could
 * write; a question mark stands for that.
 */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String text;

  public RequestException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.text = new String(message.getBytes(UTF_8), UTF_8);
  }

  public ErrorCode code() {
    return code;
  }

  @Override
  public String getMessage() {
    return text;
  }

  /** The error as replies carry it. */
  public GenerationReply.Problem problem() {
    return new GenerationReply.Problem(code, text);
  }
}
