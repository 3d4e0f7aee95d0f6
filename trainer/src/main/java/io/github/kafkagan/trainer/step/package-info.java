/** One step of training at a time: a batch of images in, better networks and figures out. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.trainer.step;
