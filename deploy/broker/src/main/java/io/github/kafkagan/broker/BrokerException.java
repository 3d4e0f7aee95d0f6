package io.github.kafkagan.broker;

/**
 * A broker that does not start or stop as it should; the message is one line, then its log's end.
 */
public final class BrokerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerException(String message) {
    super(message);
  }

  BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
