package io.github.kafkagan.generator.reply;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.generator.sample.Sample;
import io.github.kafkagan.pipeline.codec.Png;
import io.github.kafkagan.pipeline.contract.ImageFormat;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/** Turns a sample's pixels into what replies carry. */
final class ImageEncoder {
  private ImageEncoder() {}

  /** Base64: of each image's file or pixels, or of one contact sheet. */
  static List<String> texts(Sample sample, ImageFormat format) {
    return IntStream.range(0, format == ImageFormat.GRID ? 1 : sample.count())
        .mapToObj(
            number ->
                switch (format) {
                  case GRID -> sheet(sample);
                  case PNG -> png(sample, number);
                  case U8 -> sample.image(number);
                })
        .map(Base64.getEncoder()::encodeToString)
        .toList();
  }

  /** One PNG file: the image, or a contact sheet if there are several. */
  static byte[] file(Sample sample) {
    return sample.count() == 1 ? png(sample, 0) : sheet(sample);
  }

  private static byte[] png(Sample sample, int number) {
    ImageShape shape = sample.shape();
    return Png.encode(sample.image(number), shape.rows(), shape.cols(), shape.channels());
  }

  private static byte[] sheet(Sample sample) {
    ImageShape shape = sample.shape();
    int across = (int) Math.ceil(Math.sqrt(sample.count()));
    return Png.sheet(sample.pixels(), across, shape.rows(), shape.cols(), shape.channels());
  }
}
