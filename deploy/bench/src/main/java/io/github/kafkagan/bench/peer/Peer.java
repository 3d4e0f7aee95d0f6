package io.github.kafkagan.bench.peer;

/** Who else may answer requests. */
public enum Peer {
  /** Kafka Streams as the service uses it, without a generator. */
  ECHO,
  /** A plain consumer and producer, and one image at a time. */
  ONE_AT_A_TIME
}
