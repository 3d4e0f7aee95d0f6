package io.github.kafkagan.generator.reply;

/**
 * What a topic takes.
 *
 * @param partitions how many it has; 0 if there is no such topic
 * @param maxRecordBytes most bytes of one record, its key and headers included
 */
public record TopicLimits(int partitions, long maxRecordBytes) {
  public static final TopicLimits ABSENT = new TopicLimits(0, 0);
}
