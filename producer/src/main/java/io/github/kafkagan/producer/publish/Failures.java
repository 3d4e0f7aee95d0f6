package io.github.kafkagan.producer.publish;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** What a failure of the Kafka client means for the stream. */
final class Failures {
  private Failures() {}

  /**
   * The broker is there and refuses, as it does when it knows a newer producer or gave up this
   * one's transaction. Which exception that gives depends on what the producer was about to do.
   */
  static boolean refused(Throwable failure) {
    return cause(failure, RetriableException.class) == null;
  }

  /** Why trying again cannot help; null if it can. */
  static @Nullable Throwable hopeless(Throwable failure) {
    for (Class<? extends Throwable> type :
        List.of(
            AuthenticationException.class,
            AuthorizationException.class,
            ConfigException.class,
            RecordTooLargeException.class,
            UnsupportedVersionException.class)) {
      Throwable found = cause(failure, type);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The failure's innermost words. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static @Nullable Throwable cause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return t;
      }
    }
    return null;
  }
}
