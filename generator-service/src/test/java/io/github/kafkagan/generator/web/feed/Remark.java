package io.github.kafkagan.generator.web.feed;

/** Something to remember, for tests. */
record Remark(long offset, String lane, int bytes) implements Remembered {}
