package io.github.kafkagan.generator.web.http;

/** A request over HTTP that gets an error; the message is the answer's, for whoever asked. */
final class WebException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String text;

  /**
   * An error.
   *
   * @param status of the answer, 400 to 599
   * @param code in lower case with hyphens, for programs
   */
  WebException(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.text = message;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  @Override
  public String getMessage() {
    return text;
  }
}
