package io.github.kafkagan.generator.web.status;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline at a glance, as the page shows it. Timestamps are epoch milliseconds.
 *
 * @param model whose training and serving this is
 * @param images null before the first image
 * @param training null before the first step that was told of
 * @param served null while no checkpoint is served
 * @param swaps attempts to replace a generator since this service started, by outcome
 * @param topicRequests requests of the requests topic since then, by outcome
 * @param httpRequests likewise requests over HTTP
 */
public record PipelineStatus(
    String model,
    long now,
    List<Part> parts,
    @Nullable Images images,
    @Nullable Training training,
    @Nullable Served served,
    SortedMap<String, Long> swaps,
    SortedMap<String, Long> topicRequests,
    SortedMap<String, Long> httpRequests,
    Collapses collapses) {

  /**
   * The stream of images.
   *
   * @param position images so far
   * @param perSecond lately
   */
  public record Images(long position, double perSecond, long newestTimestamp) {}

  /**
   * Training, by its newest event.
   *
   * @param perSecond images, lately
   * @param lag images that are not yet trained on; null if that cannot be told
   */
  public record Training(
      long step, long imagesSeen, double perSecond, @Nullable Long lag, long timestamp) {}

  /**
   * The checkpoint that is served.
   *
   * @param stalenessMs from the newest image that it has seen to now; null if it has seen none
   */
  public record Served(
      long step, long version, long imagesSeen, long createdAt, @Nullable Long stalenessMs) {}

  /**
   * Collapses of training that are remembered.
   *
   * @param newest what was said of the newest; null if there was none
   */
  public record Collapses(int count, @Nullable String newest) {}
}
