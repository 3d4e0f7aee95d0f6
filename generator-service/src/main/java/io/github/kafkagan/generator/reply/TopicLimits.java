package io.github.kafkagan.generator.reply;

/**
 * What a topic takes.
 *
 * @param partitions how many it has; 0 if there is none, or none that may be written to
 * @param maxRecordBytes most bytes of one record, its key and headers included
 * @param keyed whether it takes records with a key only, as compacted topics do
 */
public record TopicLimits(int partitions, long maxRecordBytes, boolean keyed) {
  public static final TopicLimits ABSENT = new TopicLimits(0, 0, false);
}
