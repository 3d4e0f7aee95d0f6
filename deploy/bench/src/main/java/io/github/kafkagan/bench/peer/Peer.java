package io.github.kafkagan.bench.peer;

/** Who else may answer requests. */
public enum Peer {
  /** Kafka Streams as the service uses it, without a generator. */
  ECHO,
  /** A plain consumer and producer that answers a request, then looks at the next. */
  ONE_AT_A_TIME,
  /** The same with a transaction for all requests of a poll, though still an image at a time. */
  ONE_POLL_AT_A_TIME
}
