package io.github.kafkagan.trainer.evaluate;

/**
 * A class that is generated now, and was not before.
 *
 * @param label the class
 * @param images trained on since it appeared in the stream
 * @param seconds since then
 */
record LearntClass(int label, long images, double seconds) {}
