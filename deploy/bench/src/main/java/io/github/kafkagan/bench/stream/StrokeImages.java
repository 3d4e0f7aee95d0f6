package io.github.kafkagan.bench.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.kafkagan.producer.source.IdxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Images of 28 × 28 that compress as handwritten digits do, since how much a producer has to
 * compress is part of its speed: one stroke each, on a black ground.
 */
public record StrokeImages(int count, byte[] pixels) {
  private static final int SIDE = 28;
  private static final int BYTES = SIDE * SIDE;
  private static final int CLASSES = 10;

  /** So that about a fifth of the pixels is not black, as of MNIST's. */
  private static final int MOVES = 60;

  /** Characters that can be in a line of text, fewer than there are greys. */
  private static final int PRINTABLE = 64;

  /** So many images, the same in every run. */
  public static StrokeImages draw(int count) {
    SplittableRandom random = new SplittableRandom(1);
    byte[] pixels = new byte[count * BYTES];
    for (int image = 0; image < count; image++) {
      draw(pixels, image * BYTES, random);
    }
    return new StrokeImages(count, pixels);
  }

  private static void draw(byte[] pixels, int offset, SplittableRandom random) {
    int row = SIDE / 2;
    int column = SIDE / 2;
    for (int move = 0; move < MOVES; move++) {
      row = Math.floorMod(row + random.nextInt(-1, 2), SIDE - 1);
      column = Math.floorMod(column + random.nextInt(-1, 2), SIDE - 1);
      for (int pixel : new int[] {0, 1, SIDE, SIDE + 1}) {
        pixels[offset + row * SIDE + column + pixel] = (byte) random.nextInt(64, 256);
      }
    }
  }

  /** A copy of one image's pixels. */
  byte[] image(int index) {
    return Arrays.copyOfRange(pixels, index * BYTES, (index + 1) * BYTES);
  }

  /** Its class. */
  static int label(int index) {
    return index % CLASSES;
  }

  /** Writes a labelled data set, as the producer reads it. */
  public void writeDataset(Path folder) throws IOException {
    byte[] labels = new byte[count];
    for (int image = 0; image < count; image++) {
      labels[image] = (byte) label(image);
    }
    IdxWriter.write(
        folder.resolve("train-images-idx3-ubyte.gz"), List.of(count, SIDE, SIDE), pixels);
    IdxWriter.write(folder.resolve("train-labels-idx1-ubyte.gz"), List.of(count), labels);
  }

  /**
   * Writes the images as lines of text, as Kafka's own tool reads payloads: with fewer greys, which
   * if anything compress better.
   */
  void writeLines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    byte[] line = new byte[BYTES];
    for (int image = 0; image < count; image++) {
      for (int pixel = 0; pixel < BYTES; pixel++) {
        line[pixel] = (byte) (' ' + (pixels[image * BYTES + pixel] & 0xff) * PRINTABLE / 256);
      }
      lines.add(new String(line, US_ASCII));
    }
    Files.write(file, lines, US_ASCII);
  }
}
