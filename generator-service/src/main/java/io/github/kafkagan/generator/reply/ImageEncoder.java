package io.github.kafkagan.generator.reply;

import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.generator.sample.Sample;
import io.github.kafkagan.pipeline.codec.Png;
import io.github.kafkagan.pipeline.contract.ImageFormat;
import java.io.ByteArrayOutputStream;
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

  /**
   * Images of several checkpoints make a row for each latent vector, a column for each checkpoint.
   */
  private static byte[] sheet(Sample sample) {
    ImageShape shape = sample.shape();
    int checkpoints = sample.manifests().size();
    int across = checkpoints > 1 ? checkpoints : (int) Math.ceil(Math.sqrt(sample.count()));
    byte[] pixels = checkpoints > 1 ? byLatents(sample, checkpoints) : sample.pixels();
    return Png.sheet(pixels, across, shape.rows(), shape.cols(), shape.channels());
  }

  private static byte[] byLatents(Sample sample, int checkpoints) {
    int each = sample.count() / checkpoints;
    ByteArrayOutputStream pixels = new ByteArrayOutputStream(sample.pixels().length);
    for (int image = 0; image < sample.count(); image++) {
      pixels.writeBytes(sample.image(image % checkpoints * each + image / checkpoints));
    }
    return pixels.toByteArray();
  }
}
