package io.github.kafkagan.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void greyPixelsComeBack() throws IOException {
    byte[] pixels = {0, 50, 100, (byte) 150, (byte) 200, (byte) 255};

    BufferedImage image = decode(Png.encode(pixels, 2, 3, 1));

    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getHeight()).isEqualTo(2);
    assertThat(image.getRaster().getPixels(0, 0, 3, 2, (int[]) null))
        .containsExactly(0, 50, 100, 150, 200, 255);
  }

  @Test
  void coloursKeepTheirOrder() throws IOException {
    byte[] pixels = {10, 20, 30, 40, 50, 60};

    BufferedImage image = decode(Png.encode(pixels, 1, 2, 3));

    assertThat(image.getRGB(0, 0)).isEqualTo(0xFF0A141E);
    assertThat(image.getRGB(1, 0)).isEqualTo(0xFF28323C);
  }

  @Test
  void aSheetHasGapsAndAShortLastRow() throws IOException {
    byte[] white = new byte[3 * 4];
    Arrays.fill(white, (byte) 255);

    BufferedImage sheet = decode(Png.sheet(white, 2, 2, 2, 1));

    assertThat(sheet.getWidth()).isEqualTo(6);
    assertThat(sheet.getHeight()).isEqualTo(6);
    assertThat(sheet.getRGB(1, 1) & 0xFF).isEqualTo(255);
    assertThat(sheet.getRGB(2, 2) & 0xFF).isZero();
    assertThat(sheet.getRGB(5, 5) & 0xFF).isZero();
  }

  @Test
  void whatIsNoImageIsRefused() {
    assertThatThrownBy(() -> Png.encode(new byte[5], 2, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 bytes are no images of 2×3×1");
  }

  private static BufferedImage decode(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
