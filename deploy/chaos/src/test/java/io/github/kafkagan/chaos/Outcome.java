package io.github.kafkagan.chaos;

import java.util.Map;

/**
 * What a round came to, after everything that must hold was found to hold.
 *
 * @param images of the stream, each exactly once in its topic and in the weights
 * @param steps of training that led to the final weights
 * @param requests each of which got one reply, with images
 * @param generatorsPublished different ones
 * @param generatorsServed those of them that made images for a request
 * @param ownEnds by process, how often it ended by itself, to be started again by its supervisor
 * @param shutdownSeconds by process, from SIGTERM to its end with exit code 0
 */
record Outcome(
    long images,
    long steps,
    long requests,
    int generatorsPublished,
    int generatorsServed,
    Map<String, Integer> ownEnds,
    Map<String, Double> shutdownSeconds) {}
