package io.github.kafkagan.trainer.checkpoint;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.pipeline.codec.Png;

/**
 * Images of fixed latents, row by row: seen over time, the same picture growing.
 *
 * @param pixels uint8 of all images
 * @param across images in a row
 */
record Sheet(byte[] pixels, int across, ImageShape shape) {
  byte[] png() {
    return Png.sheet(pixels, across, shape.rows(), shape.cols(), shape.channels());
  }
}
