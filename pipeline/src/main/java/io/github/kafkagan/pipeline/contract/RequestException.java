package io.github.kafkagan.pipeline.contract;

/** A request that gets an error reply; the message is the reply's, for the requester to read. */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String text;

  public RequestException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.text = message;
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
