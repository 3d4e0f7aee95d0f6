package io.github.kafkagan.producer.schedule;

import io.github.kafkagan.producer.source.ImageSet;

/** Which image stands at a position: the one at that index of the set. */
public record ScheduledImage(ImageSet set, int index) {}
